/** Ends a build, or a step, with a result of its own, as Jenkins' FlowInterruptedException. */
class Interrupted extends RuntimeException {
  final String result

  Interrupted(String result, String message) {
    super(message)
    this.result = result
  }
}

/** Fails a step, as Jenkins' AbortException. */
class StepFailed extends RuntimeException {
  StepFailed(String message) {
    super(message)
  }
}

/** The file is not a pipeline that Jenkins would run. */
class NotAPipeline extends RuntimeException {
  NotAPipeline(String message) {
    super(message)
  }
}

/** Jenkins' results, from best to worst; a build's result only gets worse. */
class Results {
  private static final List<String> ORDER = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

  static String worse(String one, String other) {
    [one, other].max { ORDER.indexOf(it) }
  }

  static String of(Throwable error) {
    error instanceof Interrupted ? error.result : 'FAILURE'
  }
}
