/**
 * Keeps Terraform from reading `${…}` and `%{…}` in a text as its own templates.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTemplate(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** What Terraform alone knows, in the places of the texts that stand for it. */
export const withStandIns = (definition: string, standIns: Readonly<Record<string, string>> = {}): string =>
  Object.entries(standIns).reduce((text, [standIn, value]) => text.replaceAll(standIn, value), definition);
