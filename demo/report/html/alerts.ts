import { arnParts } from "../text/arn";
import { dateTime } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { AlertReport } from "../types";
import { section, type Absent } from "./section";

/** The alerts as their readers got them. */
export function alertsSection(alerts: readonly AlertReport[], absent: Absent): Markup {
  const props = { id: "alerts", title: "Alerts" };
  if (alerts.length === 0) return section(props, absent("No alert was received"));
  return section(
    props,
    alerts.map(
      ({ topic, receivedAt, text }) => markup`<figure class="alert">
<figcaption><strong>${arnParts(topic)?.name ?? topic}</strong> <time datetime="${receivedAt}">${dateTime(receivedAt)}</time></figcaption>
<pre>${text}</pre>
</figure>
`,
    ),
  );
}
