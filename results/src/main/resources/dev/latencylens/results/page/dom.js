// Elements are made here alone: texts of a run become text nodes, never markup.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function swatch(colour) {
  const made = element("span", { class: "swatch", "aria-hidden": "true" });
  made.style.background = colour;
  return made;
}

function tableElement(table) {
  const listsFields = table.names === 1 && table.columns.length === 2;
  const figure = listsFields ? "text" : "figure";
  const head = element("tr");
  table.columns.forEach((heading, column) =>
    head.append(
      element("th", { scope: "col", class: column < table.names ? "name" : figure }, heading)));
  const body = element("tbody");
  table.rows.forEach((texts, row) => {
    const line = element("tr");
    texts.forEach((text, column) => {
      const isName = column < table.names;
      const cell = isName
        ? element("th", { scope: "row", class: "name" }, text)
        : element("td", { class: figure }, text);
      const share = table.bars.length > 0 ? table.bars[row][column] : -1;
      if (share >= 0) {
        cell.classList.add("bar");
        cell.style.setProperty("--share", (100 * share).toFixed(2) + "%");
      }
      line.append(cell);
    });
    body.append(line);
  });
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": table.caption },
    element(
      "table", {}, element("caption", {}, table.caption), element("thead", {}, head), body));
}

// A folded table is made when it is first opened: a page may have thousands of rows.
function foldedTable(table) {
  const fold = element(
    "details", {}, element("summary", {}, "Table: " + table.caption));
  fold.addEventListener(
    "toggle",
    () => {
      if (fold.open && fold.children.length === 1) {
        fold.append(tableElement(table));
      }
    });
  return fold;
}
