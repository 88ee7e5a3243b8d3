/** A job: its builds in the order in which Jenkins starts them. */
class Job {
  final Locks locks = new Locks(this)
  private final Class file
  private final Closure emit
  private final List<Map> queue = []
  private final List<Beside> besides = []
  private int builds = 0
  private Build running

  Job(Class file, Closure emit) {
    this.file = file
    this.emit = emit
  }

  void run(Map scenario) {
    start(scenario)
    while (queue) start(queue.remove(0))
    while (besides.any { !it.ended }) besides.findAll { !it.ended }.each { it.goOn() }
  }

  /** Somebody pushes while a build runs: it waits if the job says so, else both run. */
  def arrive(Map scenario) {
    def concurrency = running.options.disableConcurrentBuilds
    boolean waits = running.options.containsKey('disableConcurrentBuilds')
    if (!waits) return startBeside(scenario)
    emit([event: 'queued', build: running.number])
    queue << scenario
    if (concurrency instanceof Map && concurrency.abortPrevious) throw new Interrupted('ABORTED', 'a newer build')
  }

  /** It runs until it ends or waits for what another build holds, and then the build that it came beside goes on. */
  private void startBeside(Map scenario) {
    Build outer = running
    Beside beside = new Beside({ start(scenario) })
    besides << beside
    beside.goOn()
    running = outer
  }

  Beside besideOf(Thread thread) {
    besides.find { it.thread == thread }
  }

  private def start(Map scenario) {
    Build outer = running
    int number = ++builds
    running = new Build(number, scenario, this, { Map event -> emit([build: number] + event) })
    running.run(file)
    running = outer
  }
}

/** A build beside another. One of them runs at a time, so that what happens is always in the same order. */
class Beside {
  final Thread thread
  boolean ended = false
  private final java.util.concurrent.Semaphore turn = new java.util.concurrent.Semaphore(0)
  private final java.util.concurrent.Semaphore back = new java.util.concurrent.Semaphore(0)

  Beside(Closure work) {
    thread = new Thread({
      turn.acquire()
      try {
        work()
      } finally {
        ended = true
        back.release()
      }
    })
    thread.daemon = true
    thread.start()
  }

  /** Called by whoever it runs beside. */
  void goOn() {
    turn.release()
    back.acquire()
  }

  /** Called by itself. */
  void yieldTurn() {
    back.release()
    turn.acquire()
  }
}

/** Which build holds which resource (plugin Lockable Resources). */
class Locks {
  private final Job job
  private final Map<String, Build> holders = [:]
  private final Map<String, List<Build>> waiting = [:].withDefault { [] }

  Locks(Job job) {
    this.job = job
  }

  void take(String resource, Build build, Closure whenItWaits) {
    if (holders[resource]) {
      Beside beside = job.besideOf(Thread.currentThread())
      if (!beside) throw new NotAPipeline("lock($resource) is held by a build that cannot go on")
      whenItWaits()
      waiting[resource] << build
      while (holders[resource] || waiting[resource][0] != build) beside.yieldTurn()
      waiting[resource].remove(0)
    }
    holders[resource] = build
  }

  void release(String resource, Build build) {
    if (holders[resource] == build) holders.remove(resource)
  }
}
