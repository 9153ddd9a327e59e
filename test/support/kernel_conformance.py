"""Runs the tests of jupyter_kernel_test on our kernel; prints {test: "passed" | "skipped" | what went wrong}."""

import json
import os
import unittest

import jupyter_kernel_test


class DagbookTests(jupyter_kernel_test.KernelTests):
    kernel_name = "dagbook"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "const word: string = 'dag' + 'book'; word", "result": "'dagbook'"},
    ]
    code_display_data = [{"code": "display({a: 1})", "mime": "text/plain"}]
    code_generate_error = "throw new Error('no')"
    code_clear_output = "clearOutput()"
    code_inspect_sample = "Math.max"
    code_page_something = "Math.max?"
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 *"
    completion_samples = [{"text": "Number.isSafe", "matches": {"isSafeInteger"}}]
    complete_code_samples = ["1", "const a = `x`", "for (const x of [1]) console.log(x)"]
    incomplete_code_samples = ["function f() {", "f(1,", "const a = `x"]
    invalid_code_samples = ["const ) = 1", "a b c"]


class DagbookWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "dagbook"
    support_iopub_welcome = True


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def addSuccess(self, test):
        self.outcomes.setdefault(test._testMethodName, "passed")

    def addSkip(self, test, reason):
        # A part of a test may be skipped alone; the test is then what it is a part of.
        self.outcomes[getattr(test, "test_case", test)._testMethodName] = "skipped"

    def addFailure(self, test, error):
        self.outcomes[test._testMethodName] = self._exc_info_to_string(error, test)

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.outcomes[test._testMethodName] = self._exc_info_to_string(error, test)


# Kernels inherit standard output and make it non-blocking; the answer has an own one.
answer = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

load = unittest.defaultTestLoader.loadTestsFromTestCase
result = Result()
unittest.TestSuite([load(DagbookTests), load(DagbookWelcome)]).run(result)
json.dump(result.outcomes, answer)
