/** Runs `draw` in an animation frame after `request`, at most once every `interval` milliseconds. */
export function frameThrottle(draw: () => void, interval: number): { request: () => void; cancel: () => void } {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const run = () => {
    frame = 0;
    last = performance.now();
    draw();
  };
  const request = () => {
    if (frame || timer !== undefined) return;
    const wait = last + interval - performance.now();
    if (wait <= 0) {
      frame = requestAnimationFrame(run);
    } else {
      timer = setTimeout(() => {
        timer = undefined;
        frame = requestAnimationFrame(run);
      }, wait);
    }
  };
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
  };
  return { request, cancel };
}

/** Lets the page do whatever waits. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
