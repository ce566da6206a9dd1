/** Runs tasks of one name one after the other and tasks of different names side by side. */
export function createLines() {
  const lines = new Map<string, Promise<unknown>>()

  return {
    run<T>(name: string, task: () => Promise<T>): Promise<T> {
      const before = lines.get(name)
      const run = before ? before.then(task, task) : task()
      const line = run.then(
        () => {},
        () => {},
      )
      lines.set(name, line)
      void line.then(() => {
        if (lines.get(name) === line) lines.delete(name)
      })
      return run
    },
  }
}
