const architectures: Readonly<Partial<Record<NodeJS.Architecture, string>>> = { x64: "amd64", ia32: "386" };

/** This machine in Terraform's own words, such as `linux_amd64`. */
export const platform = `${process.platform}_${architectures[process.arch] ?? process.arch}`;
