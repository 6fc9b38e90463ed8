// How each kind of plot is drawn, but for the timeline.
function cellLegend(series) {
  return series.map((each, index) => ({
    name: each.name,
    colour: (look) => colourOf(index, look),
  }));
}

function rowsOf(params, text) {
  return [].concat(params)
    .filter((param) => param.value !== undefined)
    .map((param) => text(param));
}

// Where the arrow keys go: through the first series that is shown.
function stopsOf(lengths) {
  return (isShown) => {
    const series = lengths.findIndex((length, index) => length > 0 && isShown(index));
    return series < 0
      ? []
      : Array.from({ length: lengths[series] }, (x, dataIndex) => ({ seriesIndex: series, dataIndex }));
  };
}

// HdrHistogram's axis: the logarithm of 1 / (1 - quantile).
function hdr(quantile) {
  return -Math.log10(1 - quantile);
}

const MARKED = [0.5, 0.9, 0.99];

function curves(plot) {
  const values = plot.series.flatMap((each) => each.points.map((point) => point[1]).concat(each.limit ? each.limit[1] : []));
  const last = Math.max(0.5, ...plot.series.flatMap((each) => each.points.map((point) => point[0]).concat(each.limit ? each.limit[0] : [])));
  const marks = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999];
  const ticks = marks.filter((mark) => mark <= last + 1e-9);
  const data = plot.series.map((each) => {
    const points = each.points.map((point) => ({
      value: [hdr(point[0]), logOf(point[1]), point[0], point[1], 0],
      symbol: MARKED.includes(point[0]) ? undefined : "none",
    }));
    if (each.limit) {
      points.push({
        value: [hdr(each.limit[0]), logOf(each.limit[1]), each.limit[0], each.limit[1], 1],
        symbol: HOLLOW,
        symbolSize: 10,
      });
    }
    return points;
  });
  return {
    height: 380,
    renderer: "svg",
    legend: cellLegend(plot.series),
    option: (look) => {
      const x = plainAxis("percentile", look);
      x.min = Math.min(hdr(ticks[0]), ...data.flatMap((points) => points.map((point) => point.value[0])));
      x.max = hdr(last) + 0.05;
      x.nameGap = 30;
      x.axisTick.customValues = ticks.map(hdr);
      x.axisLabel.customValues = ticks.map(hdr);
      x.axisLabel.formatter = (value) => percentText(1 - Math.pow(10, -value));
      const y = logAxis("ms", values, look);
      y.nameGap = 44;
      return {
        grid: GRID,
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "axis", axisPointer: { type: "line", snap: true, label: { show: false } } },
        series: data.map((points, index) => ({
          name: "s" + index,
          type: "line",
          data: points,
          showAllSymbol: true,
          symbol: symbolOf(index),
          symbolSize: 8,
          lineStyle: { color: colourOf(index, look), width: 2, type: dashOf(index, look) },
          itemStyle: { color: colourOf(index, look) },
        })),
      };
    },
    tip: (params) => ({
      title: percentText([].concat(params)[0].value[2]),
      rows: rowsOf(params, (param) => ({
        series: param.seriesIndex,
        name: plot.series[param.seriesIndex].name,
        value: (param.value[4] === 1 ? "≥ " : "") + exact(param.value[3]) + " ms",
      })),
    }),
    stops: stopsOf(data.map((points) => points.length)),
  };
}

function distributions(plot) {
  const edges = plot.edges;
  const data = plot.series.map((each) =>
    edges.map((edge, index) => [Math.log10(edge), index < each.percent.length ? each.percent[index] : 0, index]));
  return {
    height: 300,
    renderer: "svg",
    legend: cellLegend(plot.series),
    option: (look) => {
      const x = logAxis("ms", edges, look);
      x.nameGap = 30;
      const y = plainAxis("share of readings, %", look);
      y.nameGap = 44;
      y.min = 0;
      return {
        grid: GRID,
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "axis", axisPointer: { type: "line", snap: true, label: { show: false } } },
        series: data.map((points, index) => ({
          name: "s" + index,
          type: "line",
          step: "end",
          data: points,
          showSymbol: false,
          lineStyle: { color: colourOf(index, look), width: 1.6, type: dashOf(index, look) },
          itemStyle: { color: colourOf(index, look) },
          areaStyle: { color: colourOf(index, look), opacity: 0.14 },
        })),
      };
    },
    tip: (params) => {
      const at = Math.min([].concat(params)[0].value[2], edges.length - 2);
      return {
        title: exact(edges[at]) + " to " + exact(edges[at + 1]) + " ms",
        rows: rowsOf(params, (param) => ({
          series: param.seriesIndex,
          name: plot.series[param.seriesIndex].name,
          value: plot.series[param.seriesIndex].percent[at].toFixed(2) + "%",
        })),
      };
    },
    stops: stopsOf(plot.series.map((each) => each.percent.length)),
  };
}

function scatter(plot) {
  return {
    height: 340,
    renderer: "svg",
    legend: cellLegend(plot.marks),
    option: (look) => {
      const x = logAxis(plot.across, plot.marks.map((mark) => mark.across), look);
      x.nameGap = 30;
      const y = plainAxis(plot.up, look);
      y.nameGap = 44;
      y.min = 0;
      return {
        grid: GRID,
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "item" },
        series: plot.marks.map((mark, index) => ({
          name: "s" + index,
          type: "scatter",
          data: mark.across > 0 ? [[Math.log10(mark.across), mark.up]] : [],
          symbol: symbolOf(index),
          symbolSize: 14,
          itemStyle: { color: colourOf(index, look) },
        })),
      };
    },
    tip: (param) => {
      const mark = plot.marks[param.seriesIndex];
      return {
        title: mark.name,
        rows: [
          { name: plot.across, value: plain(mark.across) },
          { name: plot.up, value: exact(mark.up) },
        ],
      };
    },
    stops: (isShown) =>
      plot.marks
        .map((mark, seriesIndex) => ({ seriesIndex, dataIndex: 0 }))
        .filter((stop) => isShown(stop.seriesIndex)),
  };
}

const LEAST_DRAWN_MS = 0.001;

function rounds(plot) {
  const drawn = (value) => Math.max(LEAST_DRAWN_MS, value);
  const data = plot.series.map((each) =>
    each.values
      .map((value, index) => [index, value])
      .filter((point) => point[1] !== null)
      .map((point) => [point[0], Math.log10(drawn(point[1])), point[1]]));
  return {
    height: 320,
    renderer: "svg",
    legend: cellLegend(plot.series),
    option: (look) => {
      const x = plainAxis("round", look);
      x.type = "category";
      x.data = plot.rounds.map((round, index) => round + " " + plot.cells[index]);
      x.nameGap = 30;
      x.splitLine.show = true;
      const y = logAxis("ms", data.flatMap((points) => points.map((point) => drawn(point[2]))), look);
      y.nameGap = 44;
      return {
        grid: GRID,
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "axis", axisPointer: { type: "line", label: { show: false } } },
        series: data.map((points, index) => ({
          name: "s" + index,
          type: "scatter",
          data: points,
          symbol: symbolOf(index),
          symbolSize: 10,
          itemStyle: { color: colourOf(index, look) },
        })),
      };
    },
    tip: (params) => {
      const at = [].concat(params)[0].value[0];
      return {
        title: "round " + plot.rounds[at] + ", " + plot.cells[at],
        rows: rowsOf(params, (param) => ({
          series: param.seriesIndex,
          name: plot.series[param.seriesIndex].name,
          value: exact(param.value[2]) + " ms",
        })),
      };
    },
    stops: stopsOf(data.map((points) => points.length)),
  };
}
