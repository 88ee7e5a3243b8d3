import { markup, type Markup, type Part } from "../text/markup";

export interface Column {
  readonly title: string;
  /** Shown in place of the title. */
  readonly head?: Part;
  /** `figure` is for numbers and times, which stand below each other. */
  readonly className?: string;
}

export interface TableProps {
  /** Said before the table to those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells by row; the first one heads its row. */
  readonly rows: readonly (readonly Part[])[];
  readonly className?: string;
}

export const table = ({ caption, columns, rows, className = "plain" }: TableProps): Markup =>
  markup`<div class="scroll"><table class="${className}">
<caption>${caption}</caption>
<thead><tr>${columns.map(head)}</tr></thead>
<tbody>
${rows.map((cells) => row(cells, columns))}</tbody>
</table></div>
`;

const head = ({ title, head: shown = title, className = "text" }: Column): Markup =>
  markup`<th scope="col" class="${className}">${shown}</th>`;

/** Each cell tells its column's title too, for screens that are too narrow for columns. */
const row = (cells: readonly Part[], columns: readonly Column[]): Markup =>
  markup`<tr>${columns.map(({ title, className = "text" }, at) =>
    at === 0
      ? markup`<th scope="row" class="${className}">${cells[at]}</th>`
      : markup`<td class="${className}" data-title="${title}">${cells[at]}</td>`,
  )}</tr>
`;
