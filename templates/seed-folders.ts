/** Where the layers of seeds are: this folder. Jest's tests have another, for the seeds here are whoever's who forks the repository. */
export const seedFolders = __dirname;
