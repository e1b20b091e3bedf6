import { useMemo } from 'react';
import type { DatasetSummary } from '../../state/run/run-state';
import './sample-strip.css';

const SHOWN = 12;

/** The first training images, side by side: grey ones in the colour of ink, so that they read in both themes. */
export function SampleStrip({ dataset }: { readonly dataset: DatasetSummary | null }) {
  const sheet = useMemo(() => (dataset ? drawSheet(dataset) : null), [dataset]);
  if (!dataset || !sheet) return <div className="sample-strip sample-strip-empty" aria-hidden />;
  const grey = dataset.channels === 1;
  const labels = [...dataset.sample.labels.subarray(0, SHOWN)].map((label) => dataset.classes[label] ?? String(label));
  const style = {
    aspectRatio: `${SHOWN * (dataset.width + 2) - 2} / ${dataset.height}`,
    ...(grey ? { maskImage: `url(${sheet})` } : { backgroundImage: `url(${sheet})` }),
  };
  return (
    <div
      role="img"
      aria-label={`The first training images: ${labels.join(', ')}`}
      className={grey ? 'sample-strip sample-strip-grey' : 'sample-strip'}
      style={style}
    />
  );
}

/** One row of images with gaps of two pixels, as a data URL; null where there is no canvas. Grey becomes transparency. */
function drawSheet({ width, height, channels, sample }: DatasetSummary): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = SHOWN * (width + 2) - 2;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const area = width * height;
  const count = Math.min(SHOWN, Math.floor(sample.pixels.length / (area * channels)));
  for (let i = 0; i < count; i++) {
    const image = context.createImageData(width, height);
    for (let p = 0; p < area; p++) {
      const from = (i * area + p) * channels;
      const at = (channel: number) => sample.pixels[from + channel] ?? 0;
      image.data.set(channels === 1 ? [0, 0, 0, at(0)] : [at(0), at(1), at(2), 255], p * 4);
    }
    context.putImageData(image, i * (width + 2), 0);
  }
  return canvas.toDataURL();
}
