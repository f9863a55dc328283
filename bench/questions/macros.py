"""Joins that the reference SQL of a space's questions abbreviates; every space has an entry."""

MACROS = {
    "flights": {
        "{al}": "from flights f left join airlines a using(carrier)",
        "{de}": "from flights f left join airports p on f.dest=p.faa",
        "{or}": "from flights f left join airports p on f.origin=p.faa",
    },
    "retail": {
        "{p}": "sales join products using(product_id)",
        "{t}": "sales join stores using(store_id)",
        "{c}": "sales join customers using(customer_id)",
    },
    "office": {
        "{e}": "tickets t join employees e using(employee_id)",
        "{d}": "employees e join departments d using(department_id)",
    },
    "clinic": {
        "{c}": "visits v join clinics c using(clinic_id)",
        "{p}": "visits v join patients p using(patient_id)",
    },
    "energy": {},
    "hospital": {
        "{w}": "admissions a join wards w using(ward_id)",
        "{p}": "admissions a join patients p using(patient_id)",
    },
    "saas": {
        "{s}": "subscriptions s join accounts a using(account_id)",
        "{i}": "invoices i join accounts a using(account_id)",
    },
    "logistics": {"{c}": "shipments s join carriers c using(carrier_code)"},
    "bikes": {},
    "insurance": {
        "{p}": "claims c join policies p using(policy_id)",
        "{a}": "claims c join adjusters a using(adjuster_id)",
    },
    "library": {
        "{r}": "loans l join branches r using(branch_id)",
        "{b}": "loans l join books b using(book_id)",
    },
    "streaming": {"{t}": "views v join titles t using(title_id)"},
    "hotel": {
        "{h}": "bookings b join hotels h using(hotel_id)",
        "{g}": "bookings b join guests g using(guest_id)",
        "{n}": "bookings b join channels n using(channel_code)",
    },
    "factory": {
        "{l}": "runs r join lines l using(line_id)",
        "{p}": "runs r join parts p using(part_code)",
        "{d}": "defects d join lines l using(line_id)",
    },
    "university": {
        "{s}": "enrolments e join students s using(student_id)",
        "{c}": "enrolments e join courses c using(course_code)",
        "{t}": "enrolments e join terms t using(term_code)",
    },
    "grocery": {
        "{s}": "deliveries d join suppliers s using(supplier_id)",
        "{i}": "deliveries d join items i using(sku)",
        "{d}": "deliveries d join depots p using(depot_id)",
    },
    "football": {
        "{m}": "tickets t join matches m using(match_id)",
        "{s}": "tickets t join stands s using(stand_code)",
        "{f}": "tickets t left join members f using(member_id)",
    },
    "rental": {
        "{s}": "rentals r join stations s on r.stn_out=s.stn_code",
        "{e}": "rentals r join stations s on r.stn_in=s.stn_code",
        "{v}": "rentals r join vehicles v using(vehicle_id)",
        "{c}": "rentals r join customers c using(cust_id)",
        "{f}": "fleet_snapshot f join stations s using(stn_code)",
    },
    "charity": {
        "{d}": "gifts g join donors d using(donor_id)",
        "{dl}": "gifts g left join donors d using(donor_id)",
        "{a}": "gifts g join appeals a using(appeal_cd)",
        "{al}": "gifts g left join appeals a using(appeal_cd)",
    },
    "fishfarm": {
        "{l}": "daily_log l join pens p using(pen_id)",
        "{h}": "harvests h join pens p using(pen_id)",
        "{k}": "stock_estimates k join pens p using(pen_id)",
    },
    "recruit": {
        "{k}": "placements p join consultants k using(cons_id)",
        "{j}": "placements p join jobs j using(job_id)",
        "{c}": "placements p join jobs j using(job_id) join clients c using(client_id)",
        "{o}": "jobs j join clients c using(client_id)",
        "{a}": "applications a join jobs j using(job_id)",
    },
    "waste": {
        "{r}": "rounds r join routes u using(route_cd)",
        "{w}": "rounds r join waste_types w using(waste_cd)",
        "{p}": "complaints c join routes u using(route_cd)",
    },
    "elearn": {
        "{e}": "enrollments e join courses c using(course_id)",
        "{u}": "enrollments e join users u using(user_id)",
        "{v}": "reviews v join courses c using(course_id)",
    },
    "parking": {
        "{c}": "bookings b join car_parks c using(cp_cd)",
        "{n}": "bookings b join channels n using(chan_cd)",
        "{i}": "incidents i join car_parks c using(cp_cd)",
        "{rev}": "sum(case when status<>'CXL' then price_gbp end)",
    },
    "vetclinic": {
        "{v}": "visits v join vets t using(vet_id)",
        "{p}": "visits v join pets p using(pet_id)",
        "{mv}": "meds m join visits v using(visit_no) join vets t using(vet_id)",
    },
    "callcentre": {
        "{a}": "calls c join agents a using(agent_id)",
        "{al}": "calls c left join agents a using(agent_id)",
        "{s}": "shifts s join agents a using(agent_id)",
    },
    "solar": {
        "{l}": "installations i join leads l using(lead_id)",
        "{r}": "leads l join reps r using(rep_id)",
        "{lr}": "installations i join leads l using(lead_id) join reps r using(rep_id)",
        "{s}": "service_visits s join installations i using(install_id)",
    },
    "cinema": {
        "{c}": "screenings s join cinemas c using(site_cd)",
        "{f}": "screenings s join films f using(film_id)",
        "{cf}": "screenings s join cinemas c using(site_cd) join films f using(film_id)",
        "{y}": "foyer_sales y join cinemas c using(site_cd)",
    },
    "housing": {
        "{d}": "repairs r join dwellings d using(unit_ref)",
        "{e}": "repairs r join dwellings d using(unit_ref) join estates e using(estate_cd)",
        "{h}": "dwellings d join estates e using(estate_cd)",
        "{l}": "rent_ledger l join estates e using(estate_cd)",
    },
    "ambulance": {
        "{s}": "incidents i join stations s using(stn_cd)",
        "{h}": "incidents i join hospitals h using(hosp_cd)",
        "{k}": "crew_hours k join stations s using(stn_cd)",
    },
    "bakehouse": {
        "{f}": "sales_transactions s left join sales_franchises f using(franchiseID)",
        "{c}": "sales_transactions s left join sales_customers c using(customerID)",
    },
    "gym": {
        "{c}": "checkins k join clubs c using(club_cd)",
        "{m}": "checkins k join members m using(mbr_no)",
        "{h}": "members m join clubs c on m.home_club=c.club_cd",
        "{p}": "members m join plans p using(plan_cd)",
    },
    "garage": {
        "{b}": "jobs j join branches b using(brn_cd)",
        "{m}": "jobs j join mechanics m using(mech_id)",
        "{p}": "job_parts p join jobs j using(job_no)",
    },
    "auction": {
        "{a}": "lots l join auctions a using(auction_id)",
        "{s}": "lots l join sellers s using(seller_id)",
    },
    "taxi": {
        "{p}": "trips t join zones z on t.pickup_zone_id=z.zone_id",
        "{d}": "trips t join zones z on t.dropoff_zone_id=z.zone_id",
        "{v}": "trips t join drivers d using(driver_id)",
    },
    "roaster": {
        "{o}": "order_lines l join orders o using(order_id)",
        "{c}": "order_lines l join orders o using(order_id) join customers c using(customer_id)",
        "{k}": "order_lines l join coffees k using(coffee_id)",
        "{b}": "orders o join customers c using(customer_id)",
    },
    "cards": {
        "{m}": "transactions t join merchants m using(merchant_id)",
        "{k}": "transactions t join cards k using(card_id)",
        "{c}": "transactions t join cards k using(card_id) join customers c using(cust_id)",
        "{h}": "cards k join customers c using(cust_id)",
    },
    "port": {
        "{v}": "port_calls p join vessels v using(imo_no)",
        "{b}": "port_calls p join berths b using(berth_cd)",
        "{g}": "cargo_moves g join port_calls p using(call_no)",
        "{gv}": "cargo_moves g join port_calls p using(call_no) join vessels v using(imo_no)",
        "{gb}": "cargo_moves g join port_calls p using(call_no) join berths b using(berth_cd)",
    },
    "lettings": {
        "{t}": "tenancies t join properties p using(property_id)",
        "{r}": "repairs r join properties p using(property_id)",
        "{y}": "rent_payments y join tenancies t using(tenancy_id)",
        "{z}": "rent_payments y join tenancies t using(tenancy_id) "
        "join properties p using(property_id)",
    },
    "lawfirm": {
        "{m}": "matters m join clients c using(client_id)",
        "{l}": "matters m join lawyers l on m.lead_lawyer_id=l.lawyer_id",
        "{t}": "time_entries t join lawyers l using(lawyer_id)",
        "{tm}": "time_entries t join matters m using(matter_no)",
        "{i}": "invoices i join matters m using(matter_no)",
        "{ic}": "invoices i join matters m using(matter_no) join clients c using(client_id)",
    },
    "ferry": {
        "{v}": "sailings s join vessels v using(vessel_id)",
        "{f}": "sailings s join ports p on s.from_port=p.port_code",
        "{b}": "bookings b join sailings s using(sailing_id)",
        "{bv}": "bookings b join sailings s using(sailing_id) join vessels v using(vessel_id)",
    },
    "brewery": {
        "{o}": "ord o join cust c using(cust_no)",
        "{l}": "ord_ln l join ord o using(ord_no) join cust c using(cust_no)",
        "{p}": "ord_ln l join prod p using(sku)",
    },
    "museum": {
        "{e}": "tickets t join exhibitions e using(exhibition_id)",
        "{m}": "tickets t join members m using(member_no)",
        "{d}": "donations d join members m using(member_no)",
    },
}
