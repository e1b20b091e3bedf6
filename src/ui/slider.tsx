import { useLayoutEffect, useRef } from 'react';
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import './slider.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit?: string;
  /** Said instead of the value, beside it and to readers. */
  readonly text?: string;
  readonly onChange: (value: number) => void;
}

/** Above this many values ticks would be a hatching. */
const MAX_TICKS = 17;

/** A slider for a small known range, with its value beside it. */
export function Slider({ label, value, min, max, step, unit, text, onChange }: SliderProps) {
  const input = useRef<HTMLInputElement>(null);
  // The library announces a number to screen readers, again whenever the value changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    if (text !== undefined) input.current?.setAttribute('aria-valuetext', text);
  }, [text, value]);
  const share = (v: number) => (v - min) / (max - min);
  const count = Math.round((max - min) / step) + 1;
  const ticks = count <= MAX_TICKS ? Array.from({ length: count }, (_, i) => min + i * step) : [];
  return (
    <AriaSlider className="slider" aria-label={label} value={value} minValue={min} maxValue={max} step={step} onChange={onChange}>
      <SliderTrack className="slider-track">
        {ticks.map((tick) => (
          <span key={tick} className="slider-tick" style={{ insetInlineStart: `${100 * share(tick)}%` }} />
        ))}
        <span className="slider-fill" style={{ width: `calc(${100 * share(value)}% + 7px)` }} />
        <SliderThumb className="slider-thumb" inputRef={input} />
      </SliderTrack>
      <SliderOutput className="slider-output tabular">
        {text ?? value}
        {unit ? <span> {unit}</span> : null}
      </SliderOutput>
    </AriaSlider>
  );
}
