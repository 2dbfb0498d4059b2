import type { ReactNode } from 'react';
import { Select } from 'antd';
import { useText } from '../../ui/text.ts';

interface Placed {
  readonly region: string | null;
}

/** Which region is shown; nothing where the roster names none. */
export function RegionSelect(props: {
  of: readonly Placed[];
  value: string | null;
  onChange: (region: string | null) => void;
}): ReactNode {
  const t = useText();
  const { of, value, onChange } = props;
  const regions = [...new Set(of.flatMap(({ region }) => region ?? []))].toSorted();
  if (regions.length === 0) return null;
  return (
    <Select
      className="filter-region"
      aria-label={t('region')}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={(region) => onChange(region === '' ? null : region)}
      options={[
        { value: '', label: t('region.every') },
        ...regions.map((region) => ({ value: region, label: region })),
      ]}
    />
  );
}

/** A site's name, and below it where it lies. */
export function NameAndRegion({ name, region }: { name: string; region: string | null }): ReactNode {
  return (
    <>
      {name}
      {region !== null && <div className="soft">{region}</div>}
    </>
  );
}

export function inRegion<T extends Placed>(rows: readonly T[], region: string | null): readonly T[] {
  return region === null ? rows : rows.filter((row) => row.region === region);
}
