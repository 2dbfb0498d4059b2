import type { ReactNode } from 'react';
import { AutoComplete } from 'antd';
import type { NodeClient } from './client.ts';
import { Field } from './field.tsx';
import { useText } from './text.ts';
import { useLoaded } from './use-loaded.ts';

interface Props {
  client: NodeClient;
  label: string;
  value: string;
  onChange: (folder: string) => void;
}

/** A folder on this computer: offers the sticks that are plugged in, any other can be typed. */
export function FolderField({ client, label, value, onChange }: Props): ReactNode {
  const t = useText();
  const drives = useLoaded('drives', () => client.drive.list());
  const found = drives.value ?? [];
  return (
    <Field
      label={label}
      hint={found.length === 0 && drives.value !== null ? t('folder.noDrive') : t('folder.hint')}
    >
      <AutoComplete
        value={value}
        onChange={onChange}
        onFocus={drives.reload}
        options={found.map((drive) => ({
          value: drive.path,
          label: `${drive.path} · ${t('indicator.disk.value', { free: drive.freeBytes })}`,
        }))}
      />
    </Field>
  );
}
