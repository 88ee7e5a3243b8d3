/** A job: its builds in the order in which Jenkins starts them. */
class Job {
  private final Class file
  private final Closure emit
  private final List<Map> queue = []
  private int builds = 0
  private Build running

  Job(Class file, Closure emit) {
    this.file = file
    this.emit = emit
  }

  void run(Map scenario) {
    start(scenario)
    while (queue) start(queue.remove(0))
  }

  /** Somebody pushes while a build runs: it waits if the job says so, else both run. */
  def arrive(Map scenario) {
    def concurrency = running.options.disableConcurrentBuilds
    boolean waits = running.options.containsKey('disableConcurrentBuilds')
    if (!waits) return start(scenario)
    emit([event: 'queued', build: running.number])
    queue << scenario
    if (concurrency instanceof Map && concurrency.abortPrevious) throw new Interrupted('ABORTED', 'a newer build')
  }

  private def start(Map scenario) {
    Build outer = running
    int number = ++builds
    running = new Build(number, scenario, this, { Map event -> emit([build: number] + event) })
    running.run(file)
    running = outer
  }
}
