/** A text that stands for itself in a pipeline, where `${name}` would be a parameter. */
export const literalText = (text: string): string => text.replaceAll('${', () => '$${')
