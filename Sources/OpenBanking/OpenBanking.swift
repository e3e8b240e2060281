// OpenBanking
