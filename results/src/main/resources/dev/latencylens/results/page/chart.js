// One plot with its legend. A drawing says what is drawn:
//   height, renderer; legend: [{ name, colour(look) }], one entry a series, in their order;
//   option(look): the library's option; tip(params): { title, rows: [{ series, name, value }] };
//   stops(isShown): the places that the arrow keys go to, [{ seriesIndex, dataIndex }];
//   zooms: whether + and - zoom; a stop then has its place on the axis, percent.
// Series are called by their number: what a run names never gets into the library.
const MOST_TIP_ROWS = 14;

class PlotView {
  constructor(section, drawing) {
    this.drawing = drawing;
    this.shown = drawing.legend.map(() => true);
    this.printing = false;
    this.stop = -1;
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    this.plot = element("div", {
      class: "plot",
      id: section.id + "-plot",
      tabindex: "0",
      role: "group",
      "aria-roledescription": "plot",
      "aria-label":
        section.title +
        ". Arrow keys go through the values" +
        (drawing.zooms ? ", plus and minus zoom" : "") +
        "; the table below has the figures.",
    });
    this.plot.style.height = drawing.height + "px";
    this.buttons = drawing.legend.map((entry, index) => this.button(entry, index));
    this.legend = element(
      "div", { class: "legend", role: "group", "aria-label": "Series shown" }, ...this.buttons);
    this.root = element("figure", {}, this.legend, this.plot, this.spoken);
  }

  button(entry, index) {
    const made = element("button", { type: "button", "aria-pressed": "true", title: entry.name });
    made.append(swatch("transparent"), element("span", { class: "label" }, entry.name));
    made.addEventListener("click", () => {
      this.shown[index] = !this.shown[index];
      made.setAttribute("aria-pressed", String(this.shown[index]));
      this.chart.dispatchAction({ type: "legendToggleSelect", name: "s" + index });
    });
    return made;
  }

  // The plot has to stand in the page by now, as its size is taken from there.
  draw() {
    this.chart = echarts.init(this.plot, null, { renderer: this.drawing.renderer });
    this.refresh();
    new ResizeObserver(() => this.printing || this.chart.resize()).observe(this.plot);
    this.plot.addEventListener("keydown", (event) => this.onKey(event));
    this.plot.addEventListener("blur", () => this.hideTip());
  }

  refresh() {
    const look = theme(this.printing);
    const names = this.drawing.legend.map((entry, index) => "s" + index);
    const option = this.drawing.option(look);
    option.animation = false;
    option.backgroundColor = "transparent";
    option.legend = {
      show: false,
      data: names,
      selected: Object.fromEntries(names.map((name, index) => [name, this.shown[index]])),
    };
    option.tooltip = Object.assign(
      {
        confine: true,
        enterable: false,
        transitionDuration: 0,
        backgroundColor: look.ground,
        borderColor: look.faint,
        textStyle: { color: look.ink, fontSize: 13 },
        extraCssText: "white-space:normal;max-width:min(30rem,92vw);",
        formatter: (params) => this.tipElement(this.drawing.tip(params), look),
      },
      option.tooltip);
    this.chart.setOption(option, { notMerge: true });
    this.buttons.forEach((button, index) => {
      button.firstChild.style.background = this.drawing.legend[index].colour(look);
    });
  }

  tipElement(tip, look) {
    const box = element("div", { class: "tip" }, element("b", {}, tip.title));
    tip.rows.slice(0, MOST_TIP_ROWS).forEach((row) => {
      const line = element("div", { class: "tip-row" });
      if (row.series !== undefined) {
        line.append(swatch(this.drawing.legend[row.series].colour(look)));
      }
      line.append(
        element("span", { class: "label" }, row.name),
        element("span", { class: "value" }, row.value));
      box.append(line);
    });
    if (tip.rows.length > MOST_TIP_ROWS) {
      box.append(
        element("div", {}, "and " + (tip.rows.length - MOST_TIP_ROWS) + " more, not shown here"));
    }
    if (this.stop >= 0) {
      this.spoken.textContent =
        tip.title + ": " + tip.rows.map((row) => row.name + " " + row.value).join(", ");
    }
    return box;
  }

  onKey(event) {
    const stops = this.drawing.stops((series) => this.shown[series]);
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    if (event.key in steps && stops.length > 0) {
      this.stop = Math.min(stops.length - 1, Math.max(0, this.stop + steps[event.key]));
      this.chart.dispatchAction(Object.assign({ type: "showTip" }, stops[this.stop]));
    } else if (event.key === "Escape") {
      this.hideTip();
    } else if (this.drawing.zooms && (event.key === "+" || event.key === "-")) {
      this.zoom(event.key === "+" ? 0.5 : 2, stops[this.stop]);
    } else {
      return;
    }
    event.preventDefault();
  }

  hideTip() {
    this.stop = -1;
    this.chart.dispatchAction({ type: "hideTip" });
  }

  // Around the value that the arrow keys came to, else around the middle.
  zoom(factor, stop) {
    const now = this.chart.getOption().dataZoom[0];
    const middle = stop ? stop.percent : (now.start + now.end) / 2;
    const half = Math.min(50, Math.max(0.25, ((now.end - now.start) / 2) * factor));
    const start = Math.min(100 - 2 * half, Math.max(0, middle - half));
    this.chart.dispatchAction({ type: "dataZoom", start, end: start + 2 * half });
  }

  // Paper is white and narrow, whatever the window is.
  print(printing) {
    this.printing = printing;
    this.refresh();
    this.chart.resize(printing ? { width: 690 } : { width: "auto" });
  }
}
