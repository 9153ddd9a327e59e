import { Arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { Holder } from "../../../../kernel/src/dag/memory/holders.js";
import { MemoryReport } from "../../../../kernel/src/dag/memory/memory-report.js";
import { displaySymbol } from "../../../../kernel/src/symbols.js";

const MIB = 2 ** 20;

function reportOf(holders: readonly Holder[]): MemoryReport {
  const arena = Arena.create({ limitBytes: 16 * MIB });
  arena.allocate("float64", [(2 * MIB) / 8]);
  arena.release(arena.allocate("float64", [(6 * MIB) / 8]));
  arena.addSpilled(3 * MIB);
  return new MemoryReport(arena, holders);
}

test("as text it has a line of figures, a bar and a table of holders, the largest first", () => {
  const report = reportOf([
    { owner: { run: "mean" }, name: "y", bytes: MIB / 2, onDisk: 0, count: 1 },
    { owner: "persisted", name: "x-1", bytes: MIB, onDisk: 3 * MIB, count: 4 },
  ]);
  expect(String(report)).toMatch(
    /^array memory: 2\.\d\d MiB of 16\.0 MiB in 1 block; peak [89]\.\d\d MiB; 3\.00 MiB on disk; \d+ % of the free memory in small pieces\n\n\[###=\+ {35}\]\n# persisted: 1\.00 MiB\n= results of runs: 512 KiB\n/,
  );
  expect(String(report)).toMatch(
    /\nname {2}held by {3}results {4}memory {6}disk\nx-1 {3}persist {9}4 {2}1\.00 MiB {2}3\.00 MiB\ny {5}run mean {8}1 {3}512 KiB$/,
  );
});

test("in a cell it is a chart with JupyterLab's colours, and names are escaped", () => {
  const html = reportOf([{ owner: { run: "<b>" }, name: "<i>", bytes: MIB, onDisk: 0, count: 1 }])[displaySymbol]()[
    "text/html"
  ];
  expect(html).toMatch(/<svg [^>]*role="img" aria-label="array memory: /);
  expect(html).toContain("var(--jp-layout-color2");
  expect(html).toContain("<th>&#60;i&#62;</th><td>run &#60;b&#62;</td><td>1</td><td>1.00 MiB</td>");
  expect(html).not.toMatch(/<[bi]>/);
});

test("an idle arena is a report without a table; more than ten holders are summed up", () => {
  expect(String(new MemoryReport(Arena.create({ limitBytes: MIB }), []))).toMatch(
    /^array memory: 0 B of 1\.00 MiB in 0 blocks.*\n\n\[ {40}\]$/,
  );
  const many = Array.from({ length: 12 }, (_, i): Holder => {
    return { owner: "persisted", name: `x${i}`, bytes: 12 - i, onDisk: 1, count: 2 };
  });
  expect(String(reportOf(many))).toMatch(/\n2 more {17}4 +3 B +2 B$/);
});
