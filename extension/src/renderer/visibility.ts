/**
 * Tells whether an element can be seen: on the screen, in a tab that is shown.
 * @returns a function that ends it
 */
export function onVisibility(node: Element, callback: (isVisible: boolean) => void): () => void {
  let isOnScreen = false;
  const tell = () => callback(isOnScreen && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    isOnScreen = entries.at(-1)!.isIntersecting;
    tell();
  });
  observer.observe(node);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}
