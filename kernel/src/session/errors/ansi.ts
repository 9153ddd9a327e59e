// ANSI colours as ipykernel writes them; front ends translate them to the theme.
export const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
export const cyan = (text: string) => `\u001b[36m${text}\u001b[39m`;
export const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
