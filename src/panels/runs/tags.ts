/** Tags in a text with commas between them: each once, at most 20, none longer than 50 characters. */
export function tagsOf(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => Array.from(tag.trim()).slice(0, 50).join(''));
  return [...new Set(tags.filter(Boolean))].slice(0, 20);
}
