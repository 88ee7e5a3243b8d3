// Job DSL: the jobs of this repository. jenkins/casc.yaml runs it and says the variables.
// Agents that may apply take the jobs of the folder mlops alone, and each of these takes its pipeline file from main.

def nightly = 'H 3 * * *'
def everyFiveMinutes = 'H/5 * * * *'
// By hash, as the others: Jenkins warns of a literal `* * * * *`.
def everyMinute = 'H/1 * * * *'

// Credentials of one folder: no job elsewhere can use them.
def credentialsOf = { String credential, String token, String what ->
  return {
    domainCredentials {
      domainCredentials {
        domain {
          name('')
          description('')
        }
        credentials {
          usernamePassword {
            scope('GLOBAL')
            id(credential)
            description(what)
            username(REPOSITORY_USER)
            password(token)
          }
        }
      }
    }
  }
}

def fromMain = { String path ->
  return {
    cpsScm {
      scm {
        git {
          remote {
            url(REPOSITORY_URL)
            credentials('repository')
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

folder('mlops') {
  description('What runs from main, on agents that may apply.')
  properties {
    folderCredentialsProperty(credentialsOf('repository', REPOSITORY_TOKEN, 'Reads the repository'))
  }
}

pipelineJob('mlops/main') {
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

pipelineJob('mlops/build') {
  description('Applies and trains main where the way of a model begins, and says version, metrics and link.')
  properties {
    disableConcurrentBuilds()
    pipelineTriggers {
      triggers {
        pollSCM {
          scmpoll_spec(everyMinute)
        }
      }
    }
  }
  definition(fromMain('jenkins/build.Jenkinsfile'))
}

pipelineJob('mlops/deploy') {
  description('Releases an approved version to each environment that serves its model, one after the other.')
  parameters {
    stringParam('MODEL_PACKAGE_ARN', '', 'ARN of an approved version.')
  }
  definition(fromMain('jenkins/deploy.Jenkinsfile'))
}

pipelineJob('mlops/drift') {
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
    properties {
      folderCredentialsProperty(credentialsOf('pull-requests', PULL_REQUESTS_TOKEN, 'Reads the repository and its pull requests'))
    }
    branchSources {
      branchSource {
        source {
          github {
            id('mlops-pull-requests')
            configuredByUrl(false)
            repositoryUrl("https://github.com/${account}/${project}")
            repoOwner(account)
            repository(project)
            credentialsId('pull-requests')
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
      // A pull request's own Jenkinsfile is not run: this one is main's, whatever the pull request changes in it.
      remoteJenkinsFileWorkflowBranchProjectFactory {
        localMarker('')
        matchBranches(false)
        fallbackBranch('main')
        remoteJenkinsFile('Jenkinsfile')
        remoteJenkinsFileSCM {
          gitSCM {
            userRemoteConfigs {
              userRemoteConfig {
                name('origin')
                url("https://github.com/${account}/${project}.git")
                refspec('')
                credentialsId('pull-requests')
              }
            }
            branches {
              branchSpec {
                name('*/main')
              }
            }
            browser {}
            gitTool('')
          }
        }
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
