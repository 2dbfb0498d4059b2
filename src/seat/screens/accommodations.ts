/** Shows everything as this candidate needs it, from the first page after the number on, and to nobody after. */
import { useLayoutEffect } from 'react';
import type { ScreenAccommodations } from '../../exam/accommodation/accommodations.ts';

export function useAccommodations(of: ScreenAccommodations | null): void {
  // Each state of the seat brings another object that says the same.
  const said = JSON.stringify(of);
  useLayoutEffect(() => {
    const { style, dataset } = document.documentElement;
    const now = JSON.parse(said) as ScreenAccommodations | null;
    if (!now) return undefined;
    style.fontSize = `${now.textPercent}%`;
    if (now.colours) {
      dataset['colours'] = 'own';
      style.setProperty('--own-text', now.colours.text);
      style.setProperty('--own-background', now.colours.background);
    }
    const large = now.textPercent >= 150;
    if (large) dataset['largeText'] = '';
    if (now.singleColumn || large) dataset['singleColumn'] = '';
    if (now.largeControls) dataset['largeControls'] = '';
    return () => {
      for (const property of ['font-size', '--own-text', '--own-background']) style.removeProperty(property);
      for (const name of ['colours', 'largeText', 'singleColumn', 'largeControls']) delete dataset[name];
    };
  }, [said]);
}
