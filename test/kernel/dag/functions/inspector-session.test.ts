import vm from "node:vm";
import { analyse } from "../../../../kernel/src/dag/functions/analyse.js";
import { plainScope, shipFunction } from "../../../../kernel/src/dag/functions/index.js";

// The session is opened by the first function that ships, which is the one of this file.
test("closures ship although a cell has named a variable process", () => {
  const realm: Record<string, unknown> = vm.runInThisContext("globalThis");
  const real = realm.process;
  const closure = vm.runInThisContext("(() => { const k = 3; return () => k; })()");
  // The parsers load with the first function; jest's loader, other than Node's, needs the real process.
  analyse("() => 1");
  realm.process = "a variable";
  try {
    expect(shipFunction(closure, plainScope)).toMatchObject({
      nodes: [{ captured: { k: { kind: "literal", value: 3 } } }],
    });
  } finally {
    realm.process = real;
  }
});
