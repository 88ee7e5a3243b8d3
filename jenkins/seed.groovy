// Job DSL: the jobs of this repository. jenkins/casc.yaml runs it and says the variables.

def nightly = 'H 3 * * *'
def everyFiveMinutes = 'H/5 * * * *'

def fromMain = { String path ->
  return {
    cpsScm {
      scm {
        git {
          remote {
            url(REPOSITORY_URL)
            credentials(REPOSITORY_CREDENTIALS)
          }
          branch('*/main')
          extensions {}
        }
      }
      scriptPath(path)
      lightweight(true)
    }
  }
}

pipelineJob('mlops') {
  description('Verifies main, plans all that Jenkins owns, and applies what was planned.')
  parameters {
    stringParam('prodAccount', PROD_ACCOUNT, 'Account to apply to.')
  }
  properties {
    disableConcurrentBuilds()
    pipelineTriggers {
      triggers {
        pollSCM {
          scmpoll_spec(everyFiveMinutes)
        }
      }
    }
  }
  definition(fromMain('Jenkinsfile'))
}

pipelineJob('mlops-drift') {
  description('Nightly: tells whether what Jenkins owns is still as it was applied.')
  properties {
    disableConcurrentBuilds()
    pipelineTriggers {
      triggers {
        cron {
          spec(nightly)
        }
      }
    }
  }
  definition(fromMain('jenkins/drift.Jenkinsfile'))
}

// Pull requests of this repository's own branches; forks are not discovered (jenkins/README.md says how and when to).
def onGitHub = REPOSITORY_URL =~ /github\.com[:\/]([^\/]+)\/([^\/]+?)(?:\.git)?$/
if (onGitHub) {
  def account = onGitHub[0][1]
  def project = onGitHub[0][2]
  multibranchPipelineJob('mlops-pull-requests') {
    description('Verifies pull requests and plans what they change.')
    branchSources {
      branchSource {
        source {
          github {
            id('mlops-pull-requests')
            configuredByUrl(false)
            repositoryUrl("https://github.com/${account}/${project}")
            repoOwner(account)
            repository(project)
            credentialsId(REPOSITORY_CREDENTIALS)
            traits {
              gitHubPullRequestDiscovery {
                // The merge with main: what would be on main.
                strategyId(1)
              }
            }
          }
        }
      }
    }
    factory {
      workflowBranchProjectFactory {
        scriptPath('Jenkinsfile')
      }
    }
    orphanedItemStrategy {
      discardOldItems {
        daysToKeep(14)
        numToKeep(50)
      }
    }
    triggers {
      periodicFolderTrigger {
        interval('15m')
      }
    }
  }
}
