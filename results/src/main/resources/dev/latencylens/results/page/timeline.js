// Streams as bars, in lanes of their cell. Each phase is a series, so that the legend switches it.
const PHASES = [
  { name: "queue", light: "#8c8c8c", dark: "#9a9a9a" },
  { name: "set-up", light: "#e69f00", dark: "#e69f00" },
  { name: "first token", light: "#0072b2", dark: "#3f9ad6" },
  { name: "content", light: "#7cc4ee", dark: "#a9dbf7" },
  { name: "failed", light: "#d55e00", dark: "#ff8a3d" },
];
const FAILED = PHASES.length - 1;
const COMPLETE = "complete";

function phasesOf(stream) {
  const [, , start, queue, setUp, ttft, e2e, total] = stream;
  const release = start + queue;
  const sent = release + setUp;
  const first = ttft >= 0 ? sent + ttft : sent + Math.max(0, total);
  return [
    [start, release],
    [release, sent],
    [sent, first],
    [first, ttft >= 0 ? Math.max(first, sent + e2e) : first],
    [start, sent + Math.max(0, total, e2e)],
  ];
}

function timeline(plot) {
  const lanes = plot.lanes.reduce((sum, count) => sum + count, 0);
  const space = Math.max(1, 0.04 * lanes);
  const tops = [];
  let bottom = 0;
  plot.lanes.forEach((count) => {
    tops.push(bottom);
    bottom += count + space;
  });
  const data = PHASES.map(() => []);
  let end = 0;
  plot.streams.forEach((stream, index) => {
    const failed = plot.outcomes[stream[9]] !== COMPLETE;
    phasesOf(stream).forEach(([from, to], phase) => {
      if (phase === FAILED ? failed : to > from) {
        data[phase].push([from / 1000, to / 1000, tops[stream[0]] + stream[1], index]);
        end = Math.max(end, to / 1000);
      }
    });
  });
  const colour = (phase, look) =>
    look.colours === COLOURS.dark ? PHASES[phase].dark : PHASES[phase].light;
  const text = (ms) => (ms >= 0 ? exact(ms) + " ms" : "–");
  return {
    height: Math.min(640, Math.max(300, 130 + 5 * lanes)),
    renderer: "canvas",
    zooms: true,
    legend: PHASES.map((phase, index) => ({ name: phase.name, colour: (look) => colour(index, look) })),
    option: (look) => {
      const x = plainAxis("s since the first stream's start", look);
      x.nameGap = 28;
      x.min = 0;
      x.max = end;
      x.axisLabel.formatter = (value) => short(value);
      x.axisLabel.showMaxLabel = false;
      const y = plainAxis("", look);
      const middles = plot.cells.map((cell, index) => tops[index] + plot.lanes[index] / 2);
      y.inverse = true;
      y.min = 0;
      y.max = bottom;
      y.axisTick.show = false;
      y.splitLine.show = false;
      y.axisLabel.hideOverlap = true;
      y.axisTick.customValues = middles;
      y.axisLabel.customValues = middles;
      y.axisLabel.formatter = (value) => {
        const index = middles.findIndex((middle) => Math.abs(middle - value) < 1e-6);
        return index < 0 ? "" : plot.cells[index].id;
      };
      return {
        grid: { left: 62, right: 18, top: 10, bottom: 92 },
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "item" },
        dataZoom: [
          { type: "inside", xAxisIndex: 0, filterMode: "weakFilter", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, preventDefaultMouseMove: false },
          { type: "slider", xAxisIndex: 0, filterMode: "weakFilter", height: 24, bottom: 8, showDataShadow: false, labelFormatter: (value) => short(value) + " s", textStyle: { color: look.faint } },
        ],
        series: data.map((bars, phase) => ({
          name: "s" + phase,
          type: "custom",
          progressive: 0,
          data: bars,
          encode: { x: [0, 1], y: 2 },
          clip: true,
          itemStyle: { color: colour(phase, look) },
          renderItem: (params, api) => {
            const [left, top] = api.coord([api.value(0), api.value(2)]);
            const [right, low] = api.coord([api.value(1), api.value(2) + 1]);
            const height = Math.max(1, 0.86 * (low - top));
            const strip = phase === FAILED ? Math.max(1, height / 3) : height;
            const shape = echarts.graphic.clipRectByRect(
              { x: left, y: top + height - strip, width: Math.max(phase === FAILED ? 3 : 0.5, right - left), height: strip },
              params.coordSys);
            return shape && { type: "rect", shape, style: { fill: colour(phase, look) } };
          },
        })),
      };
    },
    tip: (param) => {
      const stream = plot.streams[param.value[3]];
      return {
        title: plot.cells[stream[0]].id + " " + plot.cells[stream[0]].name,
        rows: [
          { name: "round", value: String(stream[8]) },
          { name: "outcome", value: plot.outcomes[stream[9]] },
          { name: "start", value: exact(stream[2] / 1000) + " s" },
          { name: "queue", value: text(stream[3]) },
          { name: "set-up", value: text(stream[4]) },
          { name: "ttft", value: text(stream[5]) },
          { name: "e2e", value: text(stream[6]) },
          { name: "total", value: text(stream[7]) },
        ],
      };
    },
    stops: (isShown) => {
      const phase = [2, 3, 1, 0, 4].find((each) => isShown(each) && data[each].length > 0);
      return phase === undefined
        ? []
        : data[phase].map((bar, dataIndex) => ({
            seriesIndex: phase,
            dataIndex,
            percent: (100 * (bar[0] + bar[1])) / 2 / end,
          }));
    },
  };
}
