import { densityBins, type LatentHistogram, type StoredLevels, storedLevels, weightDomain } from './histogram-layout';
import styles from './small-histogram.module.css';

interface Props {
  readonly latent: LatentHistogram;
  /** Null where the weights are floats. */
  readonly stored: StoredLevels | null;
}

const [WIDTH, HEIGHT] = [120, 28];

/** The shape of a layer's weights at a glance: latent ones as an area, stored levels as lines. Each has its own highest point. */
export function SmallHistogram({ latent, stored }: Props) {
  const bins = densityBins(latent);
  const levels = stored ? storedLevels(stored) : [];
  const [low, high] = weightDomain(latent, levels, stored?.scale ?? null);
  const x = (value: number) => round(((value - low) / (high - low)) * WIDTH);
  const y = (share: number) => round(HEIGHT * (1 - share));
  const peak = Math.max(...bins.map(({ density }) => density), Number.MIN_VALUE);
  const most = Math.max(...levels.map(({ share }) => share), Number.MIN_VALUE);
  const area = bins.map(({ from, to, density }) => `H${x(from)}V${y(density / peak)}H${x(to)}`).join('');
  return (
    <svg className={styles.histogram} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className={styles.latent} d={`M0 ${HEIGHT}${area}V${HEIGHT}Z`} />
      <path className={styles.stored} d={levels.map(({ value, share }) => `M${x(value)} ${HEIGHT}V${y(share / most)}`).join('')} />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
