import kitEn from 'element-plus/es/locale/lang/en'
import kitZh from 'element-plus/es/locale/lang/zh-cn'

/** What the kit's own parts say. */
export const KIT = { zh: kitZh, en: kitEn }
