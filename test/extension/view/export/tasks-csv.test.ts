import { tasksCsv } from "../../../../extension/src/view/export/tasks-csv.js";
import { bundle } from "../../renderer/bundle.js";

test("there is a row for each task, with empty fields for what has not happened", () => {
  expect(tasksCsv(bundle())).toBe(
    "key,function,state,worker,start_ms,end_ms,duration_ms,progress\r\n" +
      "load,load,memory,0,0,50,50,1\r\n" +
      "sum,sum,processing,1,60,,,0.25\r\n",
  );
});

test("commas, quotes and line breaks of keys stay in their field", () => {
  const { tasks } = bundle();
  const csv = tasksCsv(bundle({ tasks: { ...tasks!, key: ['load,"a"', "sum\n0"] } }));
  expect(csv).toContain('\r\n"load,""a""",load,memory,');
  expect(csv).toContain('\r\n"sum\n0",sum,processing,');
});

test("tasks without names are numbered", () => {
  const { tasks } = bundle();
  expect(tasksCsv(bundle({ tasks: { ...tasks!, key: [] } }))).toContain("\r\nsum 1,sum,processing,");
});

test("a run whose tasks are not known one by one has a row for each function", () => {
  expect(tasksCsv(bundle({ tasks: null }))).toBe(
    "function,tasks,waiting,queued,processing,memory,released,erred,cancelled,total_ms\r\n" +
      "load,1,0,0,0,1,0,0,0,50\r\n" +
      "sum,1,0,0,1,0,0,0,0,0\r\n",
  );
});
