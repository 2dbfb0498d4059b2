import type { photos as en } from '../en/photos.ts';
import type { SameKeys } from '../strings.ts';

export const photos: SameKeys<typeof en> = {
  'photos.add': '照片 …',
  'photos.title': '考生照片',
  'photos.text':
    '以准考证号命名，JPEG、PNG 或 WebP，不超过 200 KB，文件夹结构不限。已有照片将被替换。正确的照片会保存，其余逐一列出。',
  'photos.drop': '将文件夹、照片或 ZIP 拖到此处，或点击选择文件夹',
  'photos.choose': '选择照片或 ZIP …',
  'photos.progress': '{done} / {of} 个文件 · {sent:bytes}',
  'photos.report': '已保存 {kept}，其中替换 {replaced}；无变化 {same}；未接受 {wrong}',
  'photos.replaced': '已替换，原照片不再保留',
  'photos.wrong': '未接受',
  'photos.wrongShown': '仅列出前 {shown} 项，共 {all} 项。',
  'refusal.photo-of-nobody-here': '项目中没有此准考证号的考生。|请用准考证号命名照片。',
  'refusal.photos-without-roster': '尚无名单，照片无法对应考生。|请先导入名单。',
};
