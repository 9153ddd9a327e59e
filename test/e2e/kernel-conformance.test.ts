import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { installedKernel, python } from "../support/kernel-client.js";

test("the kernel passes all of jupyter_kernel_test", async () => {
  const installed = installedKernel();
  try {
    const script = join(import.meta.dirname, "../support/kernel_conformance.py");
    const { stdout } = await promisify(execFile)(python, [script], { env: installed.env, timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual({
      test_kernel_info: "passed",
      test_execute_stdout: "passed",
      test_execute_stderr: "passed",
      test_execute_result: "passed",
      test_display_data: "passed",
      test_error: "passed",
      test_completion: "passed",
      test_is_complete: "passed",
      test_clear_output: "passed",
      test_history: "passed",
      test_inspect: "passed",
      test_pager: "passed",
      test_recv_iopub_welcome_msg: "passed",
    });
  } finally {
    installed.remove();
  }
}, 70_000);
