import { markup, type Markup, type Part } from "../text/markup";

export interface FigureProps {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in words. */
  readonly description: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

/** An SVG with the title and description that readers without eyes get. */
export const svgFigure = (props: FigureProps, content: Part): Markup => {
  const { id, width, height } = props;
  return markup`<svg class="${props.className}" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${props.title}</title>
<desc id="${id}-desc">${props.description}</desc>
${content}
</svg>`;
};

/** A coordinate with as many digits as the eye sees. */
export const px = (value: number): number => Math.round(value * 10) / 10;
