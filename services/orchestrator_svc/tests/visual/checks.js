// What the eye would object to on the slides of the open page, one line each. `mode` is desk, dark or phone.
(mode) => {
  const faults = [];
  const phone = mode === "phone";
  const note = (slide, kind, node, more = "") => {
    const said = (node.textContent || node.getAttribute("class") || node.tagName).trim().slice(0, 40);
    faults.push(`${slide.id}: ${kind}: ${JSON.stringify(said)} ${more}`.trim());
  };
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // --- colours -------------------------------------------------------------------------------
  const parse = (text) => {
    const parts = (text.match(/[\d.]+/g) || []).map(Number);
    if (text.startsWith("color(srgb")) return [parts[0] * 255, parts[1] * 255, parts[2] * 255, parts[3] ?? 1];
    return text === "none" || parts.length < 3 ? [0, 0, 0, 0] : [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  // What an SVG text stands on: the marks drawn before it that hold the text's middle, seen through each other.
  const under = (text) => {
    const svg = text.ownerSVGElement;
    const box = text.getBoundingClientRect();
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    let found = ground(svg);
    for (const mark of svg.querySelectorAll("rect,path,circle")) {
      if (!(mark.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const style = getComputedStyle(mark);
      const fill = parse(style.fill);
      fill[3] *= parseFloat(style.fillOpacity) * parseFloat(style.opacity);
      if (fill[3] < 0.01) continue;
      if (mark.isPointInFill(middle.matrixTransform(mark.getScreenCTM().inverse()))) found = over(fill, found);
    }
    return found;
  };

  // --- texts of a slide: each line of each text node as a rectangle ------------------------------
  const texts = (slide) => {
    const found = [];
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let at = walker.nextNode(); at; at = walker.nextNode()) {
      const node = at.parentElement;
      if (!at.data.trim() || /^(title|desc|style|script)$/i.test(node.tagName) || !shown(node)) continue;
      if (node.closest("details.data:not([open]) .rows")) continue;
      const svgText = node.closest("text");
      let boxes;
      if (svgText) {
        boxes = [svgText.getBoundingClientRect()];
      } else {
        const range = document.createRange();
        range.selectNodeContents(at);
        boxes = [...range.getClientRects()];
      }
      for (const box of boxes) {
        if (box.width < 0.5 || box.height < 0.5) continue;
        found.push({ node: svgText || node, box, block: svgText || node.closest("p,td,th,h1,h2,h3,pre,li,summary,caption,div,span.box") });
      }
    }
    return found;
  };
  const scaleOf = (node) => {
    const svg = node.ownerSVGElement;
    if (!svg) return 1;
    const matrix = node.getScreenCTM();
    return Math.hypot(matrix.a, matrix.b);
  };
  const scrolls = (node) => node.closest(".sql,.rows,.basis");

  for (const slide of document.querySelectorAll(".slide")) {
    const canvas = slide.querySelector(".canvas");
    const frame = canvas.getBoundingClientRect();
    const rule = slide.querySelector(".rule")?.getBoundingClientRect();
    const all = texts(slide);

    for (const { node, box } of all) {
      const style = getComputedStyle(node);
      const size = parseFloat(style.fontSize) * scaleOf(node);
      const foot = node.closest(".source,.number.box,.left-out,.data,.sql,.strip-note");
      const least = phone ? 12 : foot ? 11 : node.closest("svg") ? 12 : 12.5;
      if (size < least - 0.05) note(slide, "small", node, `${size.toFixed(1)} px`);
      if (mode !== "phone") {
        const svg = node.ownerSVGElement;
        const ink = parse(svg ? style.fill : style.color);
        const on = svg ? under(node) : ground(node);
        const wanted = size >= 24 || (size >= 18.66 && +style.fontWeight >= 600) ? 3 : 4.5;
        const has = contrast(ink, on);
        if (has < wanted - 0.02) note(slide, "contrast", node, `${has.toFixed(2)}:1 of ${wanted}`);
      }
      if (mode === "dark") continue;
      const inside = phone
        ? box.left >= -1 && box.right <= innerWidth + 1
        : box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
      if (!inside && !(phone && scrolls(node))) note(slide, "overflow", node);
      for (let at = node.parentElement; at && at !== slide; at = at.parentElement) {
        const hides = getComputedStyle(at);
        if (hides.overflowX === "visible" && hides.overflowY === "visible") continue;
        if (phone && scrolls(at)) continue;
        const room = at.getBoundingClientRect();
        if (box.right > room.right + 1.5 || box.bottom > room.bottom + 1.5 || box.left < room.left - 1.5 || box.top < room.top - 1.5) {
          note(slide, "clipped", node);
        }
      }
      if (!phone && rule && !node.closest(".source,.number.box,.notes") && box.bottom > rule.top + 1) note(slide, "footer", node);
    }
    if (mode === "dark") continue;

    // Text on text: rectangles of different blocks, without the empty band above and below letters.
    const lean = all.map(({ node, box, block }) => ({ node, block, left: box.left + 0.5, right: box.right - 0.5, top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2 }));
    for (let i = 0; i < lean.length; i += 1) {
      for (let j = i + 1; j < lean.length; j += 1) {
        const [a, b] = [lean[i], lean[j]];
        if (a.block === b.block || a.block?.contains(b.block) || b.block?.contains(a.block)) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) note(slide, "overlap", a.node, `and ${JSON.stringify(b.node.textContent.trim().slice(0, 40))}`);
      }
    }

    // A data line through a label of its own chart.
    for (const line of slide.querySelectorAll(".chart path.line")) {
      if (!shown(line)) continue;
      const matrix = line.getScreenCTM();
      const labels = lean.filter(({ node }) => node.ownerSVGElement === line.ownerSVGElement && node.matches(".value,.callout,.label"));
      const long = line.getTotalLength();
      const hits = new Map();
      for (let at = 0; at <= long && labels.length; at += 3) {
        const point = line.getPointAtLength(at).matrixTransform(matrix);
        for (const label of labels) {
          if (point.x > label.left + 1 && point.x < label.right - 1 && point.y > label.top + 1 && point.y < label.bottom - 1) hits.set(label, (hits.get(label) || 0) + 1);
        }
      }
      for (const [label, count] of hits) if (count > 1) note(slide, "line through label", label.node);
    }

    // Marks stand out from what they lie on.
    for (const mark of slide.querySelectorAll(".chart .bar,.chart path.line,.chart .dot")) {
      if (!shown(mark)) continue;
      const style = getComputedStyle(mark);
      const colours = [style.fill, style.stroke].map(parse).filter((colour) => colour[3] > 0.5);
      const best = Math.max(0, ...colours.map((colour) => contrast(colour, ground(mark.ownerSVGElement))));
      if (best < 2.95) note(slide, "faint mark", mark, `${best.toFixed(2)}:1`);
    }
    const left = canvas.innerText.match(/\b(NaN|undefined|Infinity)\b|\[object/);
    if (left) note(slide, "left over", canvas, left[0]);
  }
  if (phone && document.documentElement.scrollWidth > innerWidth) faults.push(`page: ${document.documentElement.scrollWidth} px wide`);
  return [...new Set(faults)];
}
