import { useCallback, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The inner size of an element in whole CSS pixels, 0 × 0 until it is laid out. Attach the returned ref to the element. */
export function useSize(): [ref: (element: Element | null) => (() => void) | undefined, size: Size] {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const ref = useCallback((element: Element | null) => {
    if (!element) return undefined;
    const measure = () => {
      // The client size is rounded, perhaps upwards, which would cut off the last pixel of a picture.
      const box = element.getBoundingClientRect();
      const width = Math.floor(Math.min(element.clientWidth, box.width));
      const height = Math.floor(Math.min(element.clientHeight, box.height));
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
