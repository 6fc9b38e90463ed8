// Axes, numbers and colours that all plots share. Logarithmic axes hold the logarithm and write the
// value, as the library's own have no marks between powers of ten.
const HOLLOW = "emptyCircle";
const DASHES = ["solid", "dashed", "dotted", [9, 3, 2, 3]];
const SYMBOLS = [
  "circle", "triangle", "rect", "diamond", "emptyCircle", "emptyTriangle", "emptyRect", "emptyDiamond",
];

// After Okabe and Ito, whose colours the colour-blind can tell apart; darker on white, so that thin
// lines are seen.
const COLOURS = {
  light: ["#0072b2", "#d55e00", "#00795a", "#b04f86", "#8f6400", "#333333", "#2b8cc4", "#6f6a00"],
  dark: ["#56b4e9", "#ff8a3d", "#2fc99c", "#e39cc4", "#e69f00", "#dddddd", "#9ad7ff", "#f0e442"],
};

function theme(printing) {
  const dark = !printing && window.matchMedia("(prefers-color-scheme: dark)").matches;
  return {
    colours: dark ? COLOURS.dark : COLOURS.light,
    ink: dark ? "#e6e6e6" : "#1b1b1b",
    faint: dark ? "#b4b4b4" : "#555555",
    line: dark ? "#444444" : "#d9d9d9",
    ground: dark ? "#1f2124" : "#ffffff",
  };
}

function colourOf(index, look) {
  return look.colours[index % look.colours.length];
}

function dashOf(index, look) {
  return DASHES[Math.floor(index / look.colours.length) % DASHES.length];
}

function symbolOf(index) {
  return SYMBOLS[index % SYMBOLS.length];
}

// The decimals of summary.csv, so that both say the same.
function exact(value) {
  return value.toFixed(3);
}

// Never in exponents: what a stream costs may have many zeros.
function plain(value) {
  return Math.abs(value) >= 1e-6 || value === 0 ? String(value) : value.toFixed(12).replace(/0+$/, "");
}

function short(value) {
  return plain(Number(value.toPrecision(3)));
}

// Of a damaged run even a time may be below zero.
function logOf(value) {
  return Math.log10(Math.max(1e-6, value));
}

function percentText(quantile) {
  return "p" + String(Number((100 * quantile).toFixed(6)));
}

function linearTicks(low, high, most = 5) {
  const rough = (high - low) / most || Math.abs(high) || 1;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) || 10);
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) {
    ticks.push(i * step);
  }
  return ticks;
}

function logTicks(low, high) {
  const decades = Math.log10(high / low);
  if (decades < 0.7) {
    return linearTicks(low, high);
  }
  const multiples = decades > 4 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    multiples.forEach((m) => ticks.push(m * Math.pow(10, power)));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

function plainAxis(name, look) {
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameTextStyle: { color: look.ink },
    axisLabel: { color: look.faint, hideOverlap: true },
    axisLine: { show: true, onZero: false, lineStyle: { color: look.faint } },
    axisTick: { show: true },
    splitLine: { lineStyle: { color: look.line } },
  };
}

// An axis of logarithms from the least to the largest of these values, and a little around.
function logAxis(name, values, look) {
  const known = values.filter((value) => value > 0);
  const least = known.length > 0 ? Math.min(...known) : 1;
  const largest = known.length > 0 ? Math.max(...known) : 10;
  const margin = Math.max(0.02, 0.05 * Math.log10(largest / least));
  const low = Math.log10(least) - margin;
  const high = Math.log10(largest) + margin;
  const ticks = logTicks(Math.pow(10, low), Math.pow(10, high)).map(Math.log10);
  const axis = plainAxis(name, look);
  axis.min = low;
  axis.max = high;
  axis.axisTick.customValues = ticks;
  axis.axisLabel.customValues = ticks;
  axis.axisLabel.formatter = (value) => short(Math.pow(10, value));
  return axis;
}

const GRID = { left: 62, right: 18, top: 14, bottom: 50 };
