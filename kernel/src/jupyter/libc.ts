import { constants } from "node:fs";
import { createRequire } from "node:module";
import { DagbookError } from "../errors.js";

/** Numbers of POSIX that are the same on Linux and macOS. */
const F_DUPFD = 0;
const F_SETFD = 2;
const F_SETFL = 4;
const FD_CLOEXEC = 1;
const IONBF = 2;
const POLLIN = 1;
/** Bytes of a `struct pollfd`: int fd, short events, short revents. */
const POLLFD_BYTES = 8;
/** Descriptors that are kept private get a number from here on: programs expect the first ones for themselves. */
const FIRST_PRIVATE = 10;

/** The calls of the C library that move file descriptors. Descriptors belong to the process, so threads may share them. */
export interface Libc {
  /** A pipe that children do not inherit: its end to read, which never blocks, and its end to write. */
  pipe(): { readonly read: number; readonly write: number };
  /** Another descriptor of the same file that children do not inherit. */
  privateCopy(fd: number): number;
  /** Lets the descriptor `at` stand for the file of `fd`; `fd` stays open. */
  pointTo(fd: number, at: number): void;
  /** A function that says whether at least one of the descriptors has something to read: 0.4 µs. */
  watch(fds: readonly number[]): () => boolean;
  /** C's `stdout` writes at once instead of when its buffer is full, as it would do with a pipe. */
  unbufferOutput(): void;
  /** What the runtime itself writes to C's `stderr`, above all why the process dies, goes to `fd`; false if it cannot. */
  sendCrashReports(fd: number): boolean;
}

/**
 * The C library of this process.
 * @throws {DagbookError} on Windows
 * @throws if the package koffi is not installed, or not for this machine
 */
export function loadLibc(): Libc {
  if (process.platform === "win32") throw new DagbookError("Windows has no descriptors that can be moved");
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  // The process itself: it holds the C library, whatever its name is here.
  const library = koffi.load(null);
  const call = (prototype: string) => {
    const work = library.func(prototype);
    return (...args: readonly unknown[]): number => checked(prototype, work(...args));
  };
  const makePipe = call("int pipe(_Out_ int *fds)");
  const control = call("int fcntl(int fd, int command, ...)");
  const dup2 = call("int dup2(int from, int to)");
  const poll = call("int poll(void *fds, unsigned long count, int timeout)");
  const setBuffer = library.func("int setvbuf(void *file, void *buffer, int mode, size_t size)");
  const open = library.func("void *fdopen(int fd, const char *mode)");
  const variable = (name: string): bigint => library.symbol(process.platform === "darwin" ? `__${name}p` : name);

  const keepPrivate = (fd: number) => control(fd, F_SETFD, "int", FD_CLOEXEC);
  return {
    pipe() {
      const fds = [0, 0];
      makePipe(fds);
      const [read, write] = fds;
      keepPrivate(read);
      keepPrivate(write);
      control(read, F_SETFL, "int", constants.O_NONBLOCK);
      return { read, write };
    },
    privateCopy(fd) {
      const copy = control(fd, F_DUPFD, "int", FIRST_PRIVATE);
      keepPrivate(copy);
      return copy;
    },
    pointTo(fd, at) {
      dup2(fd, at);
    },
    watch(fds) {
      const list = new DataView(new ArrayBuffer(POLLFD_BYTES * fds.length));
      const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
      fds.forEach((fd, i) => {
        list.setInt32(i * POLLFD_BYTES, fd, isLittleEndian);
        list.setInt16(i * POLLFD_BYTES + 4, POLLIN, isLittleEndian);
      });
      const bytes = new Uint8Array(list.buffer);
      return () => poll(bytes, fds.length, 0) > 0;
    },
    unbufferOutput() {
      setBuffer(koffi.decode(variable("stdout"), "void *"), null, IONBF, 0);
    },
    sendCrashReports(fd) {
      // musl keeps its `stderr` in memory that cannot be written.
      if (process.platform === "linux" && !isGlibc(library)) return false;
      const file = open(fd, "w");
      setBuffer(file, null, IONBF, 0);
      koffi.encode(variable("stderr"), "void *", file);
      return true;
    },
  };
}

function checked(prototype: string, result: number): number {
  if (result >= 0) return result;
  throw new DagbookError(`The system refused ${prototype}`, { prototype });
}

function isGlibc(library: import("koffi").LibraryHandle): boolean {
  try {
    library.func("const char *gnu_get_libc_version()");
    return true;
  } catch {
    return false;
  }
}
