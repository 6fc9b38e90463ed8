// Puts the page together. A new kind of plot is one more entry here.
const KINDS = { curves, distributions, forest, sweep, timeline, scatter, rounds };

function paragraphs(texts) {
  return texts.map((text) => element("p", {}, text));
}

function sectionElement(section, views) {
  const made = element(
    "section",
    { id: section.id, "aria-labelledby": section.id + "-title" },
    element("h2", { id: section.id + "-title" }, section.title),
    ...paragraphs(section.lead));
  if (section.plot) {
    const view = new PlotView(section, KINDS[section.plot.kind](section.plot));
    views.push(view);
    made.append(view.root);
  }
  section.tables.forEach((table) => made.append(table.open ? tableElement(table) : foldedTable(table)));
  return made;
}

function notesElement(notes) {
  return element(
    "section",
    { id: "notes", "aria-labelledby": "notes-title" },
    element("h2", { id: "notes-title" }, "Notes"),
    element("ul", {}, ...notes.map((note) => element("li", {}, note))));
}

function headElement(run) {
  const head = element("header", {}, element("h1", {}, run.title));
  if (run.simulated) {
    head.append(element("p", { class: "simulated" }, run.simulated));
  }
  head.append(element("ul", { class: "facts" }, ...run.facts.map((fact) => element("li", {}, fact))));
  return head;
}

function navigation(sections) {
  const links = sections.map((each) => element("a", { href: "#" + each.id }, each.title));
  return element("nav", { "aria-label": "Parts of this page" }, ...links);
}

const run = JSON.parse(document.getElementById("run").textContent);
const page = document.getElementById("page");
const views = [];
const main = element("main");
run.sections.forEach((section, index) => {
  main.append(sectionElement(section, views));
  if (index === 0 && run.notes.length > 0) {
    main.append(notesElement(run.notes));
  }
});
document.title = run.title + " – Latency Lens";
page.append(headElement(run), navigation(run.sections), main);
views.forEach((view) => view.draw());

window.matchMedia("(prefers-color-scheme: dark)").addEventListener(
  "change", () => views.forEach((view) => view.refresh()));
window.addEventListener("beforeprint", () => views.forEach((view) => view.print(true)));
window.addEventListener("afterprint", () => views.forEach((view) => view.print(false)));
