import { textOf } from "../../../kernel/src/dashboard/text.js";
import { dashboardFixtures } from "../../support/dashboard-fixtures.js";

test("a failed run as text: standing, a row per function, the failure", () => {
  const { end } = dashboardFixtures();
  expect("bundle" in end && textOf(end.bundle)).toBe(
    [
      "report · failed · 9 of 13 tasks · 1.94 s · 4 workers · peak memory 40.0 MiB",
      "",
      "function  done  failed    time",
      "read       4/4       0  1.64 s",
      "clean      4/4       0  3.36 s",
      "fit        1/2       1  1.30 s",
      "merge      0/1       0    0 ms",
      "plot       0/1       0    0 ms",
      "save       0/1       0    0 ms",
      "",
      "fit,0 failed: RangeError: row 17 is empty",
    ].join("\n"),
  );
});
