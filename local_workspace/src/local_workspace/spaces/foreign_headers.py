"""Headers of business data in German, French, Spanish, Italian and Dutch, read as English.

Names stay as the data have them; their English reading adds what people may call them, and tells a
price from an amount. Words that English has too with another meaning (`tag`, `quote`, `data`) are
left out.
"""

from __future__ import annotations

from functools import cache

_WORDS = """
revenue: umsatz umsätze umsaetze erlös erlöse erloes erloese ingresos ricavi fatturato omzet
revenue: chiffre-d-affaires chiffre-affaires facturación facturacion
sales: verkauf verkäufe verkaeufe ventes ventas vendite verkoop verkopen
quantity: menge stückzahl stueckzahl stück stueck anzahl absatz quantité quantite cantidad quantità
quantity: quantita aantal hoeveelheid
price: preis prix precio prezzo prijs
unit price: einzelpreis stückpreis stueckpreis prix-unitaire precio-unitario prezzo-unitario
unit price: stukprijs verkaufspreis
cost: kosten coût cout coûts costo costos coste costes costi
shipping cost: versandkosten lieferkosten
amount: betrag montant importe monto importo bedrag
profit: gewinn bénéfice benefice beneficio ganancia profitto winst
margin: marge margen margine
discount: rabatt remise descuento sconto korting
tax: steuer mehrwertsteuer mwst impuesto imposta btw
net: netto neto
gross: brutto bruto
total: gesamt summe totaal totale
share: anteil aandeel
rating: bewertung valoración valoracion valutazione beoordeling
score: punktzahl puntuación puntuacion punteggio
duration: dauer laufzeit durée duree duración duracion durata duur
weight: gewicht poids peso
temperature: temperatur température temperatuur temperatura
distance: entfernung strecke distanz afstand distancia distanza
age: âge edad età leeftijd
salary: gehalt lohn salaire salario stipendio salaris
budget: presupuesto
stock: bestand lagerbestand voorraad
date: datum fecha
year: jahr année annee año anno jaar
month: monat mois mes mese maand
quarter: quartal trimestre kwartaal
week: woche semaine semana settimana
time: uhrzeit zeit heure hora
order date: bestelldatum auftragsdatum date-de-commande fecha-de-pedido besteldatum
delivery date: lieferdatum date-de-livraison fecha-de-entrega leverdatum
invoice date: rechnungsdatum date-de-facture fecha-de-factura factuurdatum
booking date: buchungsdatum
since: seit depuis desde
store: filiale filialen geschäft geschaeft laden magasin tienda negozio winkel
branch: niederlassung succursale sucursal
warehouse: lager entrepôt entrepot almacén almacen magazzino magazijn
region: gebiet région región regione regio
country: land pays país pais paese
state: bundesland
city: stadt ort ville ciudad città citta
postcode: plz postleitzahl
channel: kanal vertriebskanal canal canale kanaal
category: kategorie catégorie categorie categoría categoria
product: produkt produkte produit produits producto productos prodotto prodotti
product group: warengruppe produktgruppe artikelgruppe
article: artikel artículo articulo articolo
brand: marke marque marca merk
manufacturer: hersteller fabricant fabricante
customer: kunde kunden client clients cliente clientes clienti klant klanten
customer group: kundengruppe kundensegment
customer number: kundennummer kundennr
customer name: kundenname
product name: produktname artikelname
product number: artikelnummer produktnummer
order number: bestellnummer auftragsnummer
invoice number: rechnungsnummer
supplier: lieferant lieferanten fournisseur proveedor fornitore leverancier
employee: mitarbeiter employé empleado dipendente medewerker
sales rep: vertreter verkäufer verkaeufer vendeur vendedor venditore
department: abteilung departamento reparto afdeling
team: mannschaft équipe equipe equipo
order: bestellung bestellungen auftrag aufträge auftraege commande commandes pedido pedidos ordine
order: ordini bestelling bestellingen
invoice: rechnung rechnungen facture factures factura facturas fattura fatture factuur facturen
contract: vertrag verträge vertraege contrat contrato contratto
delivery: lieferung lieferungen livraison entrega consegna levering
return: retoure retouren
payment: zahlung zahlungen paiement pago pagamento betaling
payment method: zahlungsart zahlungsweise mode-de-paiement método-de-pago betaalmethode
currency: währung waehrung devise moneda valuta
gender: geschlecht sexe género genero geslacht
name: nombre nom naam
description: beschreibung bezeichnung descripción descripcion
number: nummer numéro numero número
machine: maschine maschinen
plant: werk standort
project: projekt projekte projet proyecto progetto
visit: besuch besuche
visitor: besucher visiteur
ticket: eintrittskarte
energy: energie énergie energía
consumption: verbrauch consommation consumo verbruik
"""
_QUALIFIERS = ("net", "gross", "total")
_LINKS = frozenset({"de", "du", "des", "d", "la", "le", "del", "della", "di", "von", "der", "van"})


@cache
def _meanings() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for line in filter(None, _WORDS.split("\n")):
        english, _, words = line.partition(": ")
        for word in words.split():
            found[tuple(word.split("-"))] = english
    return found


def in_english(phrase: str) -> str:
    """The phrase in English and in its order: "umsatz netto" and "revenue net" are "net revenue".

    `phrase` is lower-case words with one space between. Other phrases come back as they are.
    """
    meanings, words, said = _meanings(), phrase.split(" "), []
    at = 0
    while at < len(words):
        many = next((n for n in (3, 2, 1) if tuple(words[at : at + n]) in meanings), 0)
        said += [meanings[tuple(words[at : at + many])]] if many else [words[at]]
        at += many or 1
    if said == words and words[-1] not in _QUALIFIERS:
        return phrase
    *front, last = [word for word in said if word not in _LINKS] or said
    return " ".join([last, *front] if last in _QUALIFIERS else [*front, last])
