/**
 * SHA-256 of the archives of the release in `.terraform-version`, as HashiCorp publishes them
 * (https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_SHA256SUMS): what a mirror serves is not believed.
 */
export const terraformSums: Readonly<Record<string, string>> = {
  "terraform_1.11.4_darwin_amd64.zip": "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
  "terraform_1.11.4_darwin_arm64.zip": "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
  "terraform_1.11.4_linux_amd64.zip": "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
  "terraform_1.11.4_linux_arm64.zip": "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
};
