// What rates of arrivals do to a time. A filled mark met the objectives, a hollow one did not.
function sweep(plot) {
  const rates = plot.series.flatMap((each) => each.points.map((point) => point[0]));
  const times = plot.series
    .flatMap((each) => each.points.map((point) => point[1]))
    .concat(plot.objective === null ? [] : [plot.objective]);
  return {
    height: 380,
    renderer: "svg",
    legend: cellLegend(plot.series),
    option: (look) => {
      const x = plainAxis("starts per second", look);
      x.nameGap = 30;
      x.min = 0;
      x.max = Math.max(...rates) * 1.04;
      const y = logAxis("ms", times, look);
      y.nameGap = 44;
      const series = plot.series.map((each, index) => ({
        name: "s" + index,
        type: "line",
        data: each.points.map((point) => ({
          value: [point[0], logOf(point[1]), point[1], point[2]],
          symbol: point[2] === 1 ? "circle" : HOLLOW,
        })),
        showAllSymbol: true,
        symbolSize: 9,
        lineStyle: { color: colourOf(index, look), width: 2, type: dashOf(index, look) },
        itemStyle: { color: colourOf(index, look) },
      }));
      if (plot.objective !== null) {
        series.push({
          name: "objective",
          type: "line",
          silent: true,
          data: [],
          markLine: {
            silent: true,
            symbol: "none",
            lineStyle: { color: look.ink, type: "dashed", width: 1.5 },
            label: {
              formatter: "objective " + short(plot.objective) + " ms",
              position: "insideStartTop",
              color: look.ink,
            },
            data: [{ yAxis: logOf(plot.objective) }],
          },
        });
      }
      return {
        grid: GRID,
        xAxis: x,
        yAxis: y,
        tooltip: { trigger: "axis", axisPointer: { type: "line", snap: true, label: { show: false } } },
        series,
      };
    },
    tip: (params) => {
      const points = [].concat(params);
      return {
        title: short(points[0].value[0]) + " starts per second",
        rows: rowsOf(points, (param) => ({
          series: param.seriesIndex,
          name: plot.series[param.seriesIndex].name + (param.value[3] === 1 ? "" : ", objectives not met"),
          value: exact(param.value[2]) + " ms",
        })),
      };
    },
    stops: stopsOf(plot.series.map((each) => each.points.length)),
  };
}
