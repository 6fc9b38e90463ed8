// Changes with their bounds: the axis is the logarithm of the ratio, so that twice as slow and twice
// as fast lie equally far from no change.
const FOREST_ROW = 44;
const STANDING_COLOURS = ["slower", "faster", "same", "inconclusive", "not gated", "late"];
const STANDING_INDEX = [1, 2, 0, 4, 5, 3];

function standingIndex(standing) {
  const at = STANDING_COLOURS.indexOf(standing);
  return at < 0 ? 6 : STANDING_INDEX[at];
}

function changeText(ratio) {
  const percent = 100 * (ratio - 1);
  return (percent > 0.0005 ? "+" : "") + short(Math.abs(percent) < 0.0005 ? 0 : percent) + "%";
}

function changeAxis(ratios, look) {
  const low = Math.min(...ratios);
  const high = Math.max(...ratios);
  const margin = Math.max(0.01, 0.08 * Math.log(high / low));
  const axis = plainAxis("change", look);
  axis.min = Math.log(low) - margin;
  axis.max = Math.log(high) + margin;
  const [left, right] = [Math.exp(axis.min), Math.exp(axis.max)];
  const ticks = (right / left > 4 ? logTicks(left, right) : linearTicks(left, right, 10)).map(Math.log);
  axis.nameGap = 30;
  axis.axisTick.customValues = ticks;
  axis.axisLabel.customValues = ticks;
  axis.axisLabel.formatter = (value) => changeText(Math.exp(value));
  return axis;
}

// From one bound to the other, with an end at each.
function boundsShape(api, colour, width) {
  const [left, y] = api.coord([api.value(0), api.value(1)]);
  const right = api.coord([api.value(2), api.value(1)])[0];
  const style = { stroke: colour, lineWidth: width, fill: "none" };
  const upright = (x) => ({ type: "line", shape: { x1: x, y1: y - 5, x2: x, y2: y + 5 }, style });
  return {
    type: "group",
    children: [
      { type: "line", shape: { x1: left, y1: y, x2: right, y2: y }, style },
      upright(left),
      upright(right),
    ],
  };
}

// The part of a row in which a change does not matter.
function marginShape(api, colour) {
  const [left, y] = api.coord([api.value(0), api.value(1)]);
  const right = api.coord([api.value(2), api.value(1)])[0];
  const height = api.size([0, 1])[1];
  return {
    type: "rect",
    shape: { x: left, y: y - height / 2, width: right - left, height },
    style: { fill: colour, opacity: 0.16 },
  };
}

function forest(plot) {
  const rows = plot.changes.map((change, index) => ({
    change,
    index,
    logs: change.bounds.map(Math.log),
  }));
  const series = plot.standings.map((standing) => rows.filter((row) => row.change.standing === standing));
  const margins = rows.map((row) => [-Math.log1p(row.change.margin), row.index, Math.log1p(row.change.margin)]);
  const ratios = [1].concat(
    ...plot.changes.map((change) => change.bounds.concat(1 + change.margin, 1 / (1 + change.margin))));
  const colour = (index, look) => colourOf(standingIndex(plot.standings[index]), look);
  return {
    height: 70 + FOREST_ROW * rows.length,
    renderer: "svg",
    legend: plot.standings.map((name, index) => ({ name, colour: (look) => colour(index, look) })),
    option: (look) => {
      const y = plainAxis("", look);
      y.type = "category";
      y.inverse = true;
      y.data = plot.changes.map((change) => change.label);
      y.axisTick.show = false;
      y.splitLine.show = true;
      y.axisLabel = {
        color: look.ink,
        inside: true,
        align: "left",
        verticalAlign: "bottom",
        padding: [0, 0, 7, 0],
        interval: 0,
      };
      y.z = 5;
      const band = {
        name: "margin",
        type: "custom",
        silent: true,
        z: 0,
        data: margins,
        encode: { x: [0, 2], y: 1 },
        renderItem: (params, api) => marginShape(api, look.faint),
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: look.faint, type: "solid" },
          data: [{ xAxis: 0 }],
        },
      };
      const bounds = series.map((each, index) => ({
        name: "s" + index,
        type: "custom",
        silent: true,
        z: 2,
        data: each.map((row) => [row.logs[0], row.index, row.logs[2]]),
        encode: { x: [0, 2], y: 1 },
        renderItem: (params, api) => boundsShape(api, colour(index, look), 2),
      }));
      const marks = series.map((each, index) => ({
        name: "s" + index,
        type: "scatter",
        z: 3,
        data: each.map((row) => [row.logs[1], row.index]),
        symbol: symbolOf(standingIndex(plot.standings[index])),
        symbolSize: 13,
        itemStyle: { color: colour(index, look) },
      }));
      return {
        grid: { left: 18, right: 18, top: 14, bottom: 50 },
        xAxis: changeAxis(ratios, look),
        yAxis: y,
        tooltip: { trigger: "item" },
        series: marks.concat(bounds, band),
      };
    },
    tip: (param) => {
      const change = series[param.seriesIndex][param.dataIndex].change;
      return {
        title: change.label,
        rows: [
          { name: change.cells, value: "" },
          { name: "verdict", value: change.verdict },
          { name: "change (90% bounds)", value: change.change },
          { name: "margin", value: changeText(1 + change.margin) },
        ],
      };
    },
    stops: (isShown) =>
      series
        .flatMap((each, seriesIndex) => each.map((row, dataIndex) => ({ seriesIndex, dataIndex, at: row.index })))
        .filter((stop) => isShown(stop.seriesIndex))
        .sort((one, other) => one.at - other.at),
  };
}
