// KeyCache
