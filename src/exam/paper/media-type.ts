const mediaTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  ogv: 'video/ogg',
  webm: 'video/webm',
  vtt: 'text/vtt',
  css: 'text/css',
  txt: 'text/plain',
  pdf: 'application/pdf',
};

/** By the name's ending; what is not known is only ever downloaded. */
export function mediaTypeOf(path: string): string {
  return mediaTypes[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
