/** A candidate's photo, fetched when somebody looks. */
import { useState, type ReactNode } from 'react';
import { UserOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useText } from './text.ts';
import { useLoaded } from './use-loaded.ts';

interface PhotoProps {
  /** Tells one candidate from another. */
  id: string;
  name: string;
  load: () => Promise<{ url: string | null }>;
}

/** Nothing, when there is none. */
export function Photo({ id, name, load }: PhotoProps): ReactNode {
  const t = useText();
  const url = useLoaded(id, load).value?.url;
  return url ? <img className="photo" src={url} alt={t('photo.of', { name })} /> : null;
}

/** For lists: the picture opens beside its button. */
export function PhotoButton(props: PhotoProps): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={open && <Photo {...props} />}>
      <Button
        type="text"
        size="small"
        icon={<UserOutlined />}
        aria-label={t('photo.of', { name: props.name })}
      />
    </Popover>
  );
}
