import { contrast, flatten, mix, parseColor, readable } from "../../../../extension/src/view/theme/color.js";

test("colours are read as the themes write them", () => {
  expect(parseColor("#fa0")).toEqual([255, 170, 0, 1]);
  expect(parseColor(" #2A3B99 ")).toEqual([42, 59, 153, 1]);
  expect(parseColor("white")).toEqual([255, 255, 255, 1]);
  expect(parseColor("rgba(0,0,0,.87)")).toEqual([0, 0, 0, 0.87]);
  expect(parseColor("rgb(10 20 30 / 50%)")).toEqual([10, 20, 30, 0.5]);
});

test("what is not a colour is not read", () => {
  expect(["", "var(--x)", "#12", "rgb(1, 2)", "rgb(a, b, c)"].map(parseColor)).toEqual(Array(5).fill(undefined));
});

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

test("a see-through colour becomes what the eye sees on its ground", () => {
  expect(flatten("rgba(0, 0, 0, .54)", "#ffffff")).toBe("#757575");
  expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
});

test("a colour is strengthened only as far as its grounds need", () => {
  expect(readable("#000000", ["#ffffff"], 4.5, "#000000")).toBe("#000000");
  const strong = readable("#aaaaaa", ["#ffffff", "#f4f4f4"], 4.5, "#000000");
  expect(contrast(strong, "#f4f4f4")).toBeGreaterThanOrEqual(4.5);
  expect(contrast(strong, "#f4f4f4")).toBeLessThan(5.2);
});
