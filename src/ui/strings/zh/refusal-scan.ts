import type { refusalScan as en } from '../en/refusal-scan.ts';
import type { SameKeys } from '../strings.ts';

export const refusalScan: SameKeys<typeof en> = {
  'refusal.image-empty': '文件为空。|请重新扫描该页。',
  'refusal.image-other-format':
    '无论文件名如何，该文件实为 {format} 格式。|请以 200 dpi 逐页扫描为 JPG 或 LZW 压缩的 TIFF。',
  'refusal.image-unknown-format': '该文件不是可识别的图像。|请以 200 dpi 逐页扫描为 JPG 或 LZW 压缩的 TIFF。',
  'refusal.image-cut-short': '文件不完整，缺少部分页面。|请重新复制，或重新扫描该页。',
  'refusal.image-damaged': '文件已损坏，无法显示。|请重新扫描该页。',
  'refusal.image-several-pages': '一个文件中含有多页。|请逐页扫描，每页一个文件。',
  'refusal.image-compression': 'TIFF 的压缩方式为“{found}”。|请在扫描仪设置中选择 LZW 或 JPG。',
  'refusal.image-colours': '颜色类型不符（{found}）。|请以灰度或彩色（RGB）扫描。',
  'refusal.image-depth': '图像每通道为 {bits} 位。|请以 8 位扫描。',
  'refusal.image-too-large': '图像有 {megapixels} 百万像素。|请以 200 dpi 扫描 A4 纸。',
  'refusal.image-resolution':
    '图像分辨率为 {found} dpi，要求 {least} 至 {most}。|请将扫描仪设为 200 dpi 并重新扫描该页。',
  'refusal.image-uniform': '整页为同一颜色。|请检查纸张放入方向是否正确，然后重新扫描。',
  'refusal.page-without-code': '页面上未找到条码。|请手动输入编号，或压平后重新扫描。',
  'refusal.page-without-sheet-code': '页面上的条码不是答题卡的条码。|请查看该页；如为答题卡，请输入其编号。',
  'refusal.codes-contradict': '页面上的条码互相矛盾：{found}。|请检查是否有两张纸重叠，并输入正确的编号。',
  'refusal.worker-died': '处理该页时程序出错，其他页不受影响。|请重新扫描该页。',
  'refusal.page-took-too-long': '该页处理超过 {seconds} 秒，已放弃。|请重新扫描该页。',
  'refusal.archive-empty': '压缩包为空。|请重新复制或重新制作。',
  'refusal.archive-not-named-zip':
    '该文件不是 ZIP（{ending}）。|请将扫描件文件夹压缩为 ZIP；不接受 7z、RAR 和 PDF。',
  'refusal.archive-other-format': '无论文件名如何，该文件实为 {format}，不是 ZIP。|请将文件夹压缩为 ZIP。',
  'refusal.archive-multi-part': '压缩包为分卷形式。|请分成多个各自完整、不超过 250 MB 的压缩包。',
  'refusal.archive-too-large': '压缩包大于 {limitMB} MB。|请分成多个压缩包。',
  'refusal.archive-damaged': '压缩包已损坏或不完整。|请重新复制或重新制作。',
  'refusal.archive-too-many-files': '压缩包内的文件超过 {limit} 个。|请分成多个压缩包。',
  'refusal.archive-bomb':
    '解压后的大小超出扫描件的可能范围（上限 {limitMB} MB）。|请检查内容，重新压缩扫描件。',
  'refusal.archive-password-missing': '压缩包有密码保护。|请输入密码。',
  'refusal.archive-password-wrong': '密码不正确。|请重新输入，注意大小写和输入法。',
  'refusal.archive-without-files': '压缩包内没有页面。|请压缩存放扫描件的文件夹。',
  'refusal.archive-in-archive': '压缩包内含有压缩包。|请直接压缩扫描件本身。',
  'refusal.archive-in-folder': '压缩包的文件夹内含有压缩包。|请直接压缩扫描件本身。',
  'refusal.archive-file-outside': '文件名指向压缩包之外。|请用普通文件名重新压缩文件夹。',
  'refusal.archive-file-link': '该文件只是指向其他文件的链接。|请放入扫描件本身。',
  'refusal.archive-file-twice': '压缩包内已有同名文件。|请确认哪一个正确，并为另一个改名。',
  'refusal.archive-file-too-large': '解压后文件大于 {limitMB} MB。|请以 200 dpi 扫描 A4 纸。',
  'refusal.archive-file-damaged': '压缩包内的文件已损坏。|请重新制作压缩包，或重新扫描该页。',
  'refusal.archive-several-folders':
    '压缩包内有多个文件夹：{folders}。|每个考场一个文件夹，请检查它们是否属于一起。',
  'refusal.archive-names-unsure': '压缩包内部分文件名无法确定其编码。|页面本身不受影响。',
};
